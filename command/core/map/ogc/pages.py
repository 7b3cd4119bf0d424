"""The OGC door for eyes: the same documents as plain pages, without a script; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from command.core.map import features
from command.core.map.features import Page
from command.core.map.layers import Column, Feature, Layer
from command.core.map.ogc.documents import SAYS, TITLE
from command.core.map.ogc.links import Place

STYLE = (
    "body{font:16px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;"
    "color:#16202c;background:#fff}a{color:#00695b}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:start;padding:.35rem .6rem;border-bottom:1px solid #c8d2dc;vertical-align:top;"
    "font-variant-numeric:tabular-nums}.wide{overflow-x:auto}nav{margin-bottom:1rem}"
)
WORDS = {
    "zh": {"layers": "图层", "items": "要素", "next": "下一页", "name": "名称", "says": "说明", "geometry": "几何",
           "api": "接口描述", "none": "没有要素", "column": "字段", "value": "值", "conformance": "符合性"},
    "en": {"layers": "Layers", "items": "Features", "next": "Next page", "name": "Name", "says": "About", "geometry": "Geometry",
           "api": "API description", "none": "No features", "column": "Column", "value": "Value", "conformance": "Conformance"},
}  # fmt: skip
SORTS = {
    "point": ("点", "point"),
    "line": ("线", "line"),
    "polygon": ("面", "area"),
    "mixed": ("混合", "mixed"),
}


def landing(place: Place, lang: str) -> str:
    """Where to begin."""
    words = WORDS[lang]
    body = f"<p>{escape(SAYS[lang])}</p><ul>" + "".join(
        f"<li>{_anchor(place.url(path, f=form), title)}</li>"
        for path, form, title in (
            ("/collections", "html", words["layers"]),
            ("/api", None, words["api"]),
            ("/conformance", "html", words["conformance"]),
        )
    )
    return _page(place, lang, TITLE[lang], body + "</ul>", top=True)


def listing(place: Place, lines: Iterable[str], title: str, lang: str) -> str:
    """A plain list of lines."""
    return _page(place, lang, title, "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in lines) + "</ul>")


def collections(place: Place, layers: Iterable[Layer], lang: str) -> str:
    """The layers that may be seen."""
    words = WORDS[lang]
    rows = [
        [
            _anchor(place.url(f"/collections/{one.name}/items", f="html"), _title(one, lang)),
            escape(SORTS[one.geometry][lang == "en"]),
            escape(one.says),
        ]
        for one in layers
    ]
    return _page(
        place,
        lang,
        words["layers"],
        _table([words["name"], words["geometry"], words["says"]], rows, words["layers"]),
    )


def collection(place: Place, layer: Layer, lang: str) -> str:
    """One layer and its columns."""
    words = WORDS[lang]
    rows = [[escape(one.name), escape(_title(one, lang))] for one in layer.columns]
    items = _anchor(place.url(f"/collections/{layer.name}/items", f="html"), words["items"])
    table = _table([words["column"], words["name"]], rows, words["column"])
    return _page(place, lang, _title(layer, lang), f"<p>{escape(layer.says)}</p><p>{items}</p>{table}")


def items(place: Place, layer: Layer, page: Page, lang: str) -> str:
    """A page of features."""
    words = WORDS[lang]
    heads = ["id", *(_title(one, lang) for one in layer.columns)]
    path = f"/collections/{layer.name}/items"
    rows = [
        [
            _anchor(place.url(f"{path}/{one.id}", f="html"), one.id),
            *(_cell(one, column, lang) for column in layer.columns),
        ]
        for one in page.features
    ]
    body = _table(heads, rows, _title(layer, lang)) if rows else f"<p>{escape(words['none'])}</p>"
    if page.next is not None:
        rest = {name: value for name, value in place.asked.items() if name not in ("world", "lang", "f")}
        body += (
            f"<p>{_anchor(place.url(path, **{**rest, 'f': 'html', 'after': page.next}), words['next'])}</p>"
        )
    return _page(place, lang, _title(layer, lang), body)


def item(place: Place, layer: Layer, one: Feature, lang: str) -> str:
    """One feature."""
    words = WORDS[lang]
    rows = [[escape(_title(column, lang)), _cell(one, column, lang)] for column in layer.columns]
    rows.append([escape(words["geometry"]), escape(one.geometry.wkt[:2000])])
    table = _table([words["column"], words["value"]], rows, _title(layer, lang))
    return _page(place, lang, f"{_title(layer, lang)} {one.id}", table)


def _title(named: Layer | Column, lang: str) -> str:
    return named.en if lang == "en" else named.zh


def _cell(one: Feature, column: Column, lang: str) -> str:
    value = features.plain(one.properties.get(column.name))
    if value is None:
        return ""
    said = next((word for word in column.values if word.code == value), None)
    if said is not None:
        value = said.en if lang == "en" else said.zh
    return escape(str(value))


def _anchor(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in rows)
    label = escape(caption)
    return (
        f'<div class="wide" role="region" aria-label="{label}" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _page(place: Place, lang: str, title: str, body: str, *, top: bool = False) -> str:
    rest: dict[str, Any] = {
        name: value for name, value in place.asked.items() if name not in ("world", "lang")
    }
    other = "zh" if lang == "en" else "en"
    ways = "" if top else _anchor(place.url("/", f="html"), TITLE[lang]) + " · "
    ways += _anchor(place.url("/collections", f="html"), WORDS[lang]["layers"]) + " · "
    ways += _anchor(place.url(place.path, **{**rest, "lang": other}), "中文" if lang == "en" else "English")
    return (
        f'<!doctype html><html lang="{"en" if lang == "en" else "zh-CN"}"><head><meta charset="utf-8">'
        f'<title>{escape(title)}</title><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body><nav>{ways}</nav><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
