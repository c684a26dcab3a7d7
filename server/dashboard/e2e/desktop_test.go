package e2e

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver of the copies

	"github.com/partage-mail/partage/server/servertest"
)

// buildSync builds the sync client, of the same parts as this test.
func buildSync(folder string) (string, error) {
	path := filepath.Join(folder, "partage-sync")
	if out, err := exec.Command("go", "build", fmt.Sprintf("-race=%t", servertest.Raced), "-o", path, "../../../syncclient/cmd/partage-sync").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
}

// desktop answers where the sync client's program is.
func (w *worlds) desktop(rw http.ResponseWriter, _ *http.Request) {
	path, err := w.sync()
	answer(rw, path, err)
}

// sql asks or changes a database file, as a program on a desktop does with a copy, and answers the rows. Of a world that is
// named it is the server's.
func (w *worlds) sql(rw http.ResponseWriter, r *http.Request) {
	var asked struct {
		World, File, Statement string
		Values                 []any
	}
	err := json.NewDecoder(r.Body).Decode(&asked)
	if asked.World != "" {
		asked.File = filepath.Join(w.folder, asked.World, "partage.db")
	}
	var rows []map[string]any
	if err == nil {
		rows, err = query(asked.File, asked.Statement, asked.Values)
	}
	answer(rw, rows, err)
}

func query(file, statement string, values []any) (found []map[string]any, err error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(file)+"?mode=rw&_busy_timeout=10000")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query(statement, values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	found = []map[string]any{}
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			return nil, err
		}
		row := map[string]any{}
		for i, c := range columns {
			row[c] = *cells[i].(*any)
		}
		found = append(found, row)
	}
	return found, rows.Err()
}
