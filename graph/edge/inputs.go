package edge

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partage-mail/partage/server/fault"
)

// checkVariables holds the values of an operation's variables to their types by the letter: the executor
// takes strings for numbers and enum values in any case, and some mistakes it notices only while running.
// What a scalar of our own accepts is left to package scalar. Variables that the operation does not
// declare are ignored, as GraphQL demands.
func checkVariables(schema *ast.Schema, op *ast.OperationDefinition, values map[string]any) *gqlerror.Error {
	c := variableCheck{schema}
	for _, v := range op.VariableDefinitions {
		value, given := values[v.Variable]
		var f *fault.Fault
		switch {
		case given:
			f = c.value(v.Type, value, v.Variable)
		case v.Type.NonNull && v.DefaultValue == nil:
			f = fault.Field(v.Variable, "The variable $%s is missing.", v.Variable)
		}
		if f != nil {
			return refusal(v.Position, f)
		}
	}
	return nil
}

type variableCheck struct{ schema *ast.Schema }

func (c variableCheck) value(t *ast.Type, value any, path string) *fault.Fault {
	if value == nil {
		if t.NonNull {
			return fault.Field(path, "%s cannot be null.", quote(path))
		}
		return nil
	}
	if t.Elem != nil {
		list, ok := value.([]any)
		if !ok { // one value stands for a list of one
			return c.value(t.Elem, value, path)
		}
		for i, v := range list {
			if f := c.value(t.Elem, v, fmt.Sprintf("%s[%d]", path, i)); f != nil {
				return f
			}
		}
		return nil
	}
	d := c.schema.Types[t.NamedType]
	switch d.Kind {
	case ast.InputObject:
		return c.object(d, value, path)
	case ast.Enum:
		if s, ok := value.(string); !ok || d.EnumValues.ForName(s) == nil {
			return fault.Field(path, "%s must be one of the values of %s.", quote(path), d.Name)
		}
	case ast.Scalar:
		return c.scalar(d, value, path)
	}
	return nil
}

func (c variableCheck) object(d *ast.Definition, value any, path string) *fault.Fault {
	fields, ok := value.(map[string]any)
	if !ok {
		return fault.Field(path, "%s must be an object of type %s.", quote(path), d.Name)
	}
	for _, field := range d.Fields {
		at := path + "." + field.Name
		v, given := fields[field.Name]
		switch {
		case given:
			if f := c.value(field.Type, v, at); f != nil {
				return f
			}
		case field.Type.NonNull && field.DefaultValue == nil:
			return fault.Field(at, "%s is missing.", quote(at))
		}
	}
	var unknown []string
	for name := range fields {
		if d.Fields.ForName(name) == nil {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		sort.Strings(unknown)
		at := path + "." + unknown[0]
		return fault.Field(clip(at), "%s is not a field of %s.", quote(at), d.Name)
	}
	return nil
}

func (c variableCheck) scalar(d *ast.Definition, value any, path string) *fault.Fault {
	switch d.Name {
	case "Int":
		n, ok := value.(json.Number)
		i, err := strconv.ParseInt(string(n), 10, 64)
		if !ok || err != nil || i < math.MinInt32 || i > math.MaxInt32 {
			return fault.Field(path, "%s must be a whole number from %d to %d.", quote(path), math.MinInt32, math.MaxInt32)
		}
	case "Float":
		n, ok := value.(json.Number)
		if _, err := strconv.ParseFloat(string(n), 64); !ok || err != nil {
			return fault.Field(path, "%s must be a number.", quote(path))
		}
	case "Boolean":
		if _, ok := value.(bool); !ok {
			return fault.Field(path, "%s must be true or false.", quote(path))
		}
	case "String":
		if s, ok := value.(string); !ok || strings.IndexByte(s, 0) >= 0 {
			return fault.Field(path, "%s must be a string without NUL characters.", quote(path))
		}
	case "ID":
		switch v := value.(type) {
		case string:
			if strings.IndexByte(v, 0) < 0 {
				return nil
			}
		case json.Number:
			if _, err := strconv.ParseInt(string(v), 10, 64); err == nil {
				return nil
			}
		}
		return fault.Field(path, "%s must be an id in a string.", quote(path))
	}
	return nil
}

// quote shortens a path for a message; paths of lists and known fields are short by themselves.
func quote(path string) string { return "$" + clip(path) }

// clip shortens what is quoted back to its sender.
func clip(s string) string {
	const most = 400
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
