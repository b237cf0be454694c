"""One prompt, asked at each of the proxy's doors."""

from collections.abc import Callable
from typing import Any, Final

import httpx

Door = Callable[[httpx.Client, str], httpx.Response]
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
USER: Final = "end-user-7"


def post(client: httpx.Client, path: str, **body: Any) -> httpx.Response:
    """One request with the fields of its body."""
    return client.post(path, json=body)


def chat(client: httpx.Client, prompt: str, **more: Any) -> httpx.Response:
    """A conversation."""
    messages = [{"role": "user", "content": prompt}]
    return post(
        client, "/v1/chat/completions", model="fake-chat", messages=messages, user=USER, **more
    )


def parts(client: httpx.Client, prompt: str) -> httpx.Response:
    """A conversation whose message has parts."""
    content = [{"type": "text", "text": "Please:"}, {"type": "text", "text": prompt}]
    messages = [{"role": "user", "content": content}]
    return post(client, "/v1/chat/completions", model="fake-chat", messages=messages)


def responses(client: httpx.Client, prompt: str) -> httpx.Response:
    """OpenAI's newer way to converse."""
    return post(client, "/v1/responses", model="fake-chat", input=prompt)


def completion(client: httpx.Client, prompt: str) -> httpx.Response:
    """A text to go on with."""
    return post(client, "/v1/completions", model="fake-text", prompt=prompt)


def completions(client: httpx.Client, prompt: str) -> httpx.Response:
    """Two texts to go on with, the second of them ours."""
    return post(client, "/v1/completions", model="fake-text", prompt=["Once upon", prompt])


def image(client: httpx.Client, prompt: str, **more: Any) -> httpx.Response:
    """A picture."""
    return post(client, "/v1/images/generations", model="fake-image", prompt=prompt, **more)


def edit(client: httpx.Client, prompt: str) -> httpx.Response:
    """A picture to be changed, sent as a form."""
    fields = {"model": "fake-image", "prompt": prompt}
    files = {"image": ("a.png", PNG, "image/png")}
    return client.post("/v1/images/edits", data=fields, files=files)


def speech(client: httpx.Client, prompt: str) -> httpx.Response:
    """A voice."""
    return post(client, "/v1/audio/speech", model="fake-speech", input=prompt, voice="alloy")


def embedding(client: httpx.Client, prompt: str) -> httpx.Response:
    """A vector."""
    return post(client, "/v1/embeddings", model="fake-vector", input=prompt)


DOORS: Final[dict[str, Door]] = {
    "chat": chat,
    "chat parts": parts,
    "responses": responses,
    "completions": completion,
    "completions list": completions,
    "images generations": image,
    "images edits": edit,
    "audio speech": speech,
    "embeddings": embedding,
}
