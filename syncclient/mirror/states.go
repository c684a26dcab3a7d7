package mirror

import "fmt"

// statesView tells of each row that is not simply as the server has it what it is.
const statesView = `
CREATE VIEW states (id, kind, state) AS
SELECT id, kind, CASE WHEN max(state <> 'held') THEN 'pending' ELSE 'local only' END FROM outbox GROUP BY id`

const mainStates = `
UNION ALL SELECT id, kind, what FROM attention WHERE what <> 'discarded'`

// ownState is the SQL of the state of the row r as far as its file's outbox tells.
const ownState = `CASE WHEN NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id) THEN 'synced'
    WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id AND o.state <> 'held') THEN 'pending' ELSE 'local only' END`

// itemStates is the SQL of the view with the state of every item.
func itemStates() string {
	s := "\nCREATE VIEW item_states (id, kind, state) AS"
	for i, v := range mainViews() {
		if i > 0 {
			s += "\nUNION ALL"
		}
		s += fmt.Sprintf(`
SELECT r.id, '%s', CASE WHEN EXISTS (SELECT 1 FROM attention a WHERE a.id = r.id AND a.what = 'conflict') THEN 'conflict'
    WHEN EXISTS (SELECT 1 FROM attention a WHERE a.id = r.id AND a.what = 'refused') THEN 'refused'
    ELSE %s END
FROM %s r`, v.kind, ownState, v.name)
	}
	return s + ";\n"
}

// rowStates is the SQL of the view with the state of every row of a file, as far as the file tells: conflicts and refusals
// are in main.db.
func rowStates(l layout) string {
	v := rowView(l)
	return fmt.Sprintf("\nCREATE VIEW row_states (id, kind, state) AS\nSELECT r.id, '%s', %s\nFROM %s r;\n", v.kind, ownState, v.name)
}
