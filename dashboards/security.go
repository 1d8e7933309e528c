package dashboards

import (
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"
)

// contentPolicy lets a page use its own files and nothing else. Markup may only come through the one
// policy that static/policy.js makes.
var contentPolicy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
	"font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	"require-trusted-types-for 'script'", "trusted-types default",
}, "; ")

// secure sets the headers of every answer and turns away what does not come from this machine's own pages:
// a foreign Host (a name rebound to loopback) and cross-origin writes.
func secure() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", contentPolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Cache-Control", "no-store")
			if !isLoopbackHost(c.Request().Host) {
				return &UserError{Status: http.StatusMisdirectedRequest, Key: "error.foreign_host"}
			}
			if err := protection.Check(c.Request()); err != nil {
				return &UserError{Status: http.StatusForbidden, Key: "error.cross_origin"}
			}
			return next(c)
		}
	}
}

// recovered turns a panic into an error like any other, so that one panel's bug is one panel's.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			}
		}()
		return next(c)
	}
}

func isLoopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}
