package browse

import (
	"errors"
	"strings"
)

// newLogin is a form that signs a person in. The password is kept nowhere.
func newLogin(u *ui, cfg Config, server string) *form {
	s := &form{ui: u, head: "Sign in", ask: true, always: true, inputs: []formInput{
		newInput(input{column: "server", label: "Server"}, "", server),
		newInput(input{column: "email", label: "Email"}, "", cfg.Email),
		newInput(input{column: "password", label: "Password"}, "", ""),
	}}
	s.inputs[2].field.secret = true
	if server != "" {
		s.at = 1
	}
	s.save = func(values map[string]any) error {
		given := func(column string) string {
			text, _ := values[column].(string)
			return text
		}
		email, password := strings.TrimSpace(given("email")), given("password")
		if email == "" || password == "" {
			return errors.New("an address and a password are needed")
		}
		client, err := cfg.Client(strings.TrimSpace(given("server")))
		if err == nil {
			_, err = client.Login(u.ctx, email, password)
		}
		return err
	}
	return s
}
