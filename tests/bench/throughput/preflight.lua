-- The preflight of a page that wants to PUT JSON.
wrk.method = "OPTIONS"
wrk.path = "/items/1"
wrk.headers["Origin"] = "http://localhost:8000"
wrk.headers["Access-Control-Request-Method"] = "PUT"
wrk.headers["Access-Control-Request-Headers"] = "content-type"
