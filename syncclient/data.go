package syncclient

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// DataFolder returns where local copies belong on this system: $XDG_DATA_HOME/partage or ~/.local/share/partage on
// Linux, ~/Library/Application Support/Partage on macOS, %LocalAppData%\Partage on Windows.
func DataFolder() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "Partage"), nil
		}
		return "", errors.New("%LocalAppData% is not set; name a data folder")
	case "darwin":
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the home folder: %w", err)
		}
		return filepath.Join(home, "Library", "Application Support", "Partage"), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "partage"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home folder: %w", err)
	}
	return filepath.Join(home, ".local", "share", "partage"), nil
}
