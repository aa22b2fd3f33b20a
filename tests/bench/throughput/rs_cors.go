// The preflights of the table, answered by rs/cors.
package main

import (
	"log"
	"net/http"

	"github.com/rs/cors"
)

func main() {
	policy := cors.New(cors.Options{
		AllowedOrigins:   []string{"http://localhost:8000"},
		AllowedMethods:   []string{"GET", "PUT"},
		AllowedHeaders:   []string{"content-type"},
		AllowCredentials: true,
		MaxAge:           600,
	})
	saved := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"item_id":1,"name":"pencil"}`))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:5602", policy.Handler(saved)))
}
