"""The preflights of the table, answered by Starlette on uvicorn."""
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route


async def save(request):
    return JSONResponse({"item_id": 1, "name": "pencil"})


app = Starlette(
    routes=[Route("/items/1", save, methods=["PUT"])],
    middleware=[Middleware(CORSMiddleware, allow_origins=["http://localhost:8000"], allow_methods=["GET", "PUT"],
                           allow_headers=["content-type"], allow_credentials=True)])
