package dashboards

import "github.com/labstack/echo/v4"

// Viewer is who asks, what they may look at and what they may do. Every page, query and export takes one.
type Viewer struct {
	Name  string
	Scope Scope
	May   Permissions
}

// Scope limits whose rows a viewer sees. The zero value is the whole company.
type Scope struct{ UnitID string }

// Permissions are what a viewer may do beyond looking at group figures.
type Permissions struct {
	SeeIndividuals bool
	SeeFairness    bool // gaps between groups of gender, age and the like
	Import         bool
	Export         bool
	Note           bool // may write on what waits
}

// LocalViewer is the one viewer there is until sign-in: whoever sits at this machine, who may see all.
func LocalViewer() Viewer {
	return Viewer{Name: "local", May: Permissions{SeeIndividuals: true, SeeFairness: true, Import: true, Export: true, Note: true}}
}

// viewerKey is where a request's context holds whom it is answered as, where that is not who sits here.
type viewerKey struct{}

// viewerOf is whom a request is answered as.
func viewerOf(c echo.Context) Viewer {
	if v, ok := c.Request().Context().Value(viewerKey{}).(Viewer); ok {
		return v
	}
	return LocalViewer()
}
