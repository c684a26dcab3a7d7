package protocol

// Viewer is who is signed in, and the account their session has opened.
type Viewer struct {
	User struct {
		ID        ID     `json:"id"`
		Email     string `json:"email"`
		FirstName string `json:"firstName"`
		LastName  string `json:"lastName"`
	} `json:"user"`
	// Account is nil until one is opened; so is Collaborator.
	Account      *NamedAccount `json:"account"`
	Collaborator *struct {
		ID   ID   `json:"id"`
		Role Enum `json:"role"`
	} `json:"collaborator"`
	// Accounts are all that the person may open, last visited first.
	Accounts []struct {
		Account NamedAccount `json:"account"`
		Role    Enum         `json:"role"`
	} `json:"accounts"`
}

// NamedAccount is what is known of an account before it is opened.
type NamedAccount struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
}

// SignIn is the outcome of logIn and openAccount.
type SignIn struct {
	// Token is shown this once.
	Token  string `json:"token"`
	Errors []struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"errors"`
}
