// The middleware half in Go: one preflight answered by rs/cors, without a network.
package main

import (
	"net/http"
	"testing"

	"github.com/rs/cors"
)

type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

func BenchmarkPreflight(b *testing.B) {
	handler := cors.New(cors.Options{
		AllowedOrigins:   []string{"http://localhost:8000"},
		AllowedMethods:   []string{"GET", "PUT"},
		AllowedHeaders:   []string{"content-type"},
		AllowCredentials: true,
	}).Handler(http.NotFoundHandler())
	request, _ := http.NewRequest("OPTIONS", "http://localhost:5000/items/1", nil)
	request.Header.Set("Origin", "http://localhost:8000")
	request.Header.Set("Access-Control-Request-Method", "PUT")
	request.Header.Set("Access-Control-Request-Headers", "content-type")
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		response := discard{http.Header{}}
		handler.ServeHTTP(response, request)
		if response.header.Get("Access-Control-Allow-Origin") == "" {
			b.Fatal("not allowed")
		}
	}
}
