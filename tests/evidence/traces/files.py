"""Makers of files: one for each place where a label can stand. Small, real, and the same at each run."""

import io
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

NAMESPACE: Final = "http://www.tc260.org.cn/ns/AIGC/1.0/"
PRODUCER: Final = "001191110000MA0ACMEAI00001"
FIELDS: Final = {
    "Label": "1",
    "ContentProducer": PRODUCER,
    "ProduceID": "20261120-7Mx1",
    "ReservedCode1": "",
    "ContentPropagator": PRODUCER,
    "PropagateID": "out_7Mx1",
    "ReservedCode2": "",
}


def annex_e(**other: object) -> str:
    """The label as the standard writes it, with some fields otherwise."""
    return json.dumps({"AIGC": {**FIELDS, **other}})


def bare(**other: object) -> str:
    """The value of a key AIGC."""
    return json.dumps({**FIELDS, **other})


def picture() -> Image.Image:
    return Image.new("RGB", (24, 16), "teal")


def saved(kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture().save(target, kind, **options)
    return target.getvalue()


def png(texts: Mapping[str, str] | None = None, *, way: str = "tEXt") -> bytes:
    info = PngInfo()
    for key, value in (texts or {}).items():
        if way == "iTXt":
            info.add_itxt(key, value)
        else:
            info.add_text(key, value, zip=way == "zTXt")
    return saved("PNG", pnginfo=info)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk after its head."""
    plain = saved("PNG")
    return plain[:33] + chunk(kind, data) + plain[33:]


def exif(value: bytes) -> bytes:
    data = Image.Exif()
    data.get_ifd(0x8769)[0x9286] = value
    return data.tobytes()


def comment(text: str, alphabet: str = "ASCII") -> bytes:
    marks = {"ASCII": b"ASCII\0\0\0", "UNICODE": b"UNICODE\0", "": b"\0" * 8}
    raw = text.encode("utf-16-le") if alphabet == "UNICODE" else text.encode()
    return marks[alphabet] + raw


def jpeg(text: str, alphabet: str = "ASCII") -> bytes:
    return saved("JPEG", exif=exif(comment(text, alphabet)))


def xmp(inner: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:TC260="{NAMESPACE}" {attributes}>{inner}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def element(text: str) -> str:
    return f"<TC260:AIGC>{escaped(text)}</TC260:AIGC>"


def riff(kind: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + kind + body


def wav(*chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    return riff(b"WAVE", (b"fmt ", head), (b"data", b"\x80" * 8), *chunks)


def info(key: bytes, text: str) -> tuple[bytes, bytes]:
    raw = text.encode()
    return b"LIST", b"INFO" + key + struct.pack("<I", len(raw)) + raw + b"\0" * (len(raw) % 2)


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + kind + body


def mp4(*boxes: bytes) -> bytes:
    return box(b"ftyp", b"isom\0\0\2\0isom") + b"".join(boxes) + box(b"mdat", b"\0" * 64)


def quicktime_keys(key: str, text: str, *, full: bool) -> bytes:
    """`moov/meta` with `keys` and `ilst`, as ffmpeg writes it with `-movflags use_metadata_tags`."""
    keys = box(b"keys", b"\0" * 4 + struct.pack(">I", 1) + box(b"mdta", key.encode()))
    data = box(b"data", struct.pack(">II", 1, 0), text.encode())
    items = box(b"ilst", box(struct.pack(">I", 1), data))
    handler = box(b"hdlr", b"\0" * 8 + b"mdta" + b"\0" * 13)
    return box(b"moov", box(b"meta", b"\0" * (4 if full else 0), handler, keys, items))


def freeform(key: str, text: str) -> bytes:
    """`moov/udta/meta/ilst/----`, as music players write it."""
    mean = box(b"mean", b"\0" * 4, b"com.apple.iTunes")
    name = box(b"name", b"\0" * 4, key.encode())
    data = box(b"data", struct.pack(">II", 1, 0), text.encode())
    handler = box(b"hdlr", b"\0" * 8 + b"mdir" + b"\0" * 13)
    item = box(b"ilst", box(b"----", mean, name, data))
    return box(b"moov", box(b"udta", box(b"meta", b"\0" * 4, handler, item)))


def safe(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def mp3(key: str, text: str, *, version: int = 4, encoding: int = 3) -> bytes:
    letters = {0: "latin-1", 1: "utf-16", 3: "utf-8"}[encoding]
    body = bytes([encoding]) + (key + "\0").encode(letters) + text.encode(letters)
    size = safe(len(body)) if version == 4 else struct.pack(">I", len(body))
    frame = b"TXXX" + size + b"\0\0" + body
    return (
        b"ID3"
        + bytes([version, 0, 0])
        + safe(len(frame) + 20)
        + frame
        + b"\0" * 20
        + b"\xff\xfb\x90\0"
    )


def comments(*pairs: tuple[str, str]) -> bytes:
    lines = [f"{key}={text}".encode() for key, text in pairs]
    body = struct.pack("<I", 4) + b"test" + struct.pack("<I", len(lines))
    return body + b"".join(struct.pack("<I", len(line)) + line for line in lines)


def flac(key: str, text: str) -> bytes:
    body = comments(("TITLE", "x"), (key, text))
    stream = b"\0" + (34).to_bytes(3) + b"\0" * 34
    return b"fLaC" + stream + b"\x84" + len(body).to_bytes(3) + body + b"\xff\xf8"


def ogg(key: str, text: str, head: bytes = b"OpusTags") -> bytes:
    packet = head + comments((key, text))
    return _page(b"OpusHead" + b"\0" * 11) + _page(packet) + _page(b"\0" * 20)


def _page(packet: bytes) -> bytes:
    sizes = [255] * (len(packet) // 255) + [len(packet) % 255]
    return b"OggS" + b"\0" * 22 + bytes([len(sizes), *sizes]) + packet


def _element(kind: bytes, content: bytes) -> bytes:
    return kind + (len(content) | 1 << 28).to_bytes(4) + content


def webm(key: str, text: str) -> bytes:
    simple = _element(
        b"\x67\xc8", _element(b"\x45\xa3", key.encode()) + _element(b"\x44\x87", text.encode())
    )
    tags = _element(b"\x12\x54\xc3\x67", _element(b"\x73\x73", simple))
    return _element(b"\x1a\x45\xdf\xa3", b"\x42\x86\x81\x01") + _element(b"\x18\x53\x80\x67", tags)


def gif(text: str) -> bytes:
    return saved("GIF", comment=text.encode())


def gif_with_xmp(packet: bytes) -> bytes:
    plain = saved("GIF")
    trailer = bytes([1, *range(255, -1, -1), 0])
    return plain[:-1] + b"\x21\xff\x0bXMP DataXMP" + packet + trailer + b"\x3b"


def tiff(text: str) -> bytes:
    return saved("TIFF", description=text)


def pdf(packet: bytes = b"", label: str = "") -> bytes:
    told = b"/AIGC (" + label.encode() + b")" if label else b""
    return b"%PDF-1.7\n1 0 obj << " + told + b" >> endobj\n" + packet + b"\n%%EOF\n"


def front_matter(**other: str) -> bytes:
    lines = "".join(f"  {key}: '{value}'\n" for key, value in {**FIELDS, **other}.items())
    return f"---\nAIGC:\n{lines}---\n\n# 标题\n\nText.\n".encode()


CARRIERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "png tEXt": lambda: png({"AIGC": bare()}),
    "png tEXt, annex E whole": lambda: png({"AIGC": annex_e()}),
    "png zTXt": lambda: png({"AIGC": bare()}, way="zTXt"),
    "png iTXt": lambda: png({"AIGC": bare()}, way="iTXt"),
    "png XMP": lambda: png({"XML:com.adobe.xmp": xmp(element(annex_e())).decode()}, way="iTXt"),
    "png eXIf": lambda: saved("PNG", exif=exif(comment(annex_e()))),
    "png comment": lambda: png({"Comment": annex_e()}),
    "jpeg EXIF": lambda: jpeg(annex_e()),
    "jpeg EXIF, UNICODE": lambda: jpeg(annex_e(), "UNICODE"),
    "jpeg EXIF, no alphabet": lambda: jpeg(annex_e(), ""),
    "jpeg EXIF, vendor's prefix": lambda: jpeg("AIGC:" + bare()),
    "jpeg XMP element": lambda: saved("JPEG", xmp=xmp(element(bare()))),
    "jpeg XMP element, annex E whole": lambda: saved("JPEG", xmp=xmp(element(annex_e()))),
    "jpeg XMP attribute": lambda: saved("JPEG", xmp=xmp("", f'TC260:AIGC="{escaped(bare())}"')),
    "jpeg XMP CDATA": lambda: saved(
        "JPEG", xmp=xmp(f"<TC260:AIGC><![CDATA[{bare()}]]></TC260:AIGC>")
    ),
    "jpeg XMP fields as elements": lambda: saved(
        "JPEG",
        xmp=xmp(
            '<TC260:AIGC rdf:parseType="Resource">'
            + "".join(f"<TC260:{key}>{value}</TC260:{key}>" for key, value in FIELDS.items())
            + "</TC260:AIGC>"
        ),
    ),
    "jpeg XMP fields as attributes": lambda: saved(
        "JPEG", xmp=xmp("", " ".join(f'TC260:{key}="{value}"' for key, value in FIELDS.items()))
    ),
    "jpeg comment": lambda: saved("JPEG", comment=annex_e()),
    "webp EXIF": lambda: saved("WEBP", exif=exif(comment(annex_e()))),
    "webp XMP": lambda: saved("WEBP", xmp=xmp(element(annex_e()))),
    "tiff description": lambda: tiff(annex_e()),
    "gif comment": lambda: gif(annex_e()),
    "gif XMP": lambda: gif_with_xmp(xmp(element(annex_e()))),
    "mp4 keys": lambda: mp4(quicktime_keys("AIGC", bare(), full=True)),
    "mov keys": lambda: mp4(quicktime_keys("com.apple.quicktime.AIGC", bare(), full=False)),
    "mp4 freeform": lambda: mp4(freeform("AIGC", bare())),
    "mp4 comment": lambda: mp4(freeform("comment", annex_e())),
    "mp4 udta": lambda: mp4(box(b"moov", box(b"udta", box(b"AIGC", bare().encode())))),
    "mp4 XMP": lambda: mp4(
        box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), xmp(element(bare())))
    ),
    "mp3 2.4": lambda: mp3("AIGC", bare()),
    "mp3 2.3, UTF-16": lambda: mp3("AIGC", bare(), version=3, encoding=1),
    "wav info": lambda: wav(info(b"ICMT", annex_e())),
    "wav own chunk": lambda: wav((b"AIGC", bare().encode())),
    "wav id3": lambda: wav((b"id3 ", mp3("AIGC", bare()))),
    "flac": lambda: flac("AIGC", bare()),
    "ogg opus": lambda: ogg("AIGC", bare()),
    "ogg vorbis": lambda: ogg("AIGC", bare(), b"\x03vorbis"),
    "webm": lambda: webm("AIGC", bare()),
    "pdf XMP": lambda: pdf(packet=xmp(element(bare()))),
    "pdf information": lambda: pdf(label=bare()),
    "text, front matter": front_matter,
    "text, at its end": lambda: b"# Notes\n" + b"word " * 100_000 + b"\n" + front_matter()[4:],
    "json": lambda: json.dumps({"title": "x", "AIGC": FIELDS}).encode(),
}
