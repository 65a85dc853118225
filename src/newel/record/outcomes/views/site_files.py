"""Sends a picture or a recording that stands beside a question."""

import re
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from newel.evidence.measures.site_files import TYPES, what_is_wrong

_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})", re.ASCII)
# In case somebody opens a picture by itself: it runs nothing and loads nothing.
_SHUT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def send(request: HttpRequest, file: Path | None) -> HttpResponse:
    """Looked at again: it may have been changed since the wording was read."""
    if file is None or what_is_wrong(file):
        raise Http404("There is no such file.")
    whole = file.read_bytes()
    response = _part(request, whole) or HttpResponse(whole)
    told = {
        "Content-Type": TYPES[file.suffix],
        "Content-Security-Policy": _SHUT,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Accept-Ranges": "bytes",
    }
    for name, value in told.items():
        response.headers[name] = value
    return response


def _part(request: HttpRequest, whole: bytes) -> HttpResponse | None:
    """Some tablets play nothing that they cannot ask for in parts."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not (asked[1] or asked[2]):
        return None
    size = len(whole)
    first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
    last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(whole[first : last + 1], status=206, headers=headers)
