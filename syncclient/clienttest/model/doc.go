// Package model is the sync protocol without any I/O: a server, desktops with their mirrors, and a network between
// them that loses, delays, doubles and reorders, all of it plain Go values that one random sequence drives.
//
// It is there to be wrong in: a rule of the protocol is worth something if leaving it out is found. [Play] plays one
// history from its seed and checks the invariants of STATES.md and PROTOCOL.md after every step; a [Fault] leaves
// out one rule. MODEL.md says what is modelled, what is not, and which faults are found within how many histories.
//
// The same seed gives the same history on every machine: all choices come from one generator, and no choice depends
// on the order of a map.
package model
