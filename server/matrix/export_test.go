package matrix

// Sized has transactions look at n pairs.
func Sized(m *Matrix, n int) *Matrix {
	m.size = n
	return m
}
