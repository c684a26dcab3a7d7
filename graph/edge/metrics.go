package edge

import (
	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what operators see of this package.
type metrics struct {
	failures   *prometheus.CounterVec
	operations *prometheus.CounterVec
	open       prometheus.Gauge
	closed     *prometheus.CounterVec
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partage_graphql_errors_total", Help: "Errors told to clients, by code.",
		}, []string{"code"}),
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partage_graphql_operations_total", Help: "Operations run, by kind and transport.",
		}, []string{"kind", "transport"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "partage_websockets_open", Help: "WebSockets that are open.",
		}),
		closed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partage_websockets_closed_total", Help: "WebSockets closed by the server, by close code.",
		}, []string{"code"}),
	}
	if r != nil {
		r.MustRegister(m.failures, m.operations, m.open, m.closed)
	}
	return m
}

func (m *metrics) errors(code string) { m.failures.WithLabelValues(code).Inc() }
