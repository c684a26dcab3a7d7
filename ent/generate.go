package ent

//go:generate go run -mod=mod entc.go
//go:generate go run ../server/store/schemadiff -reset
