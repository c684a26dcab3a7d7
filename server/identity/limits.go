package identity

import (
	"context"
	"time"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/throttle"
)

// The limits. A client is an IPv4 address or an IPv6 network of 64 bits; many people may share one.
func loginsOfName() throttle.Limit {
	return throttle.Limit{Kind: "login name", Free: 10, Window: time.Hour}
}
func loginsOfClient() throttle.Limit {
	return throttle.Limit{Kind: "login client", Free: 100, Window: 15 * time.Minute}
}
func signUpsOfClient() throttle.Limit {
	return throttle.Limit{Kind: "sign-up client", Free: 100, Window: time.Hour}
}
func changesOfUser() throttle.Limit {
	return throttle.Limit{Kind: "password of user", Free: 10, Window: time.Hour}
}
func resetsOfName() throttle.Limit {
	return throttle.Limit{Kind: "reset name", Free: 5, Window: time.Hour}
}
func resetsOfClient() throttle.Limit {
	return throttle.Limit{Kind: "reset client", Free: 30, Window: time.Hour}
}

// clientOf names the request's client for a count; empty where it is not known, and then tries are
// counted by name only.
func clientOf(ctx context.Context) string {
	addr := caller.From(ctx).Address.Unmap().WithZone("")
	switch {
	case !addr.IsValid():
		return ""
	case addr.Is4():
		return addr.String()
	}
	network, err := addr.Prefix(64)
	if err != nil {
		return ""
	}
	return network.String()
}
