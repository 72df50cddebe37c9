"""Renders executed notebooks as self-contained HTML pages.

    render_notebooks.py --source-dir notebooks [--series NAME,NAME] EXECUTED.ipynb …

Prints each page as a line of JSON, in the order of the notebooks; pages belong into
the folder of their notebook. Links in a notebook are relative to its source: links to
other notebooks of the series become links to their pages, and other relative links
are adapted to the folder of the page.
It ends when standard input does, so that it never outlives the calling program.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sys
import threading

# jsonschema, which nbformat imports, would build a grammar of URLs at each start,
# which takes well over a second and is not used here.
sys.modules["rfc3987_syntax"] = None

import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

HERE = os.path.dirname(os.path.realpath(__file__))
TEMPLATES = os.path.join(HERE, "nbconvert_template")
STYLE = os.path.join(HERE, "..", "reports", "pages", "page.css")
SCRIPT = os.path.join(HERE, "..", "reports", "pages", "show_code.js")
PRIORITY = [  # the richest form that a page without scripts can show
    "text/html",
    "image/svg+xml",
    "text/markdown",
    "image/png",
    "image/jpeg",
    "text/plain",
]


def code_colours():
    """Style rules of highlighted code, for light and dark pages."""
    light = colours("friendly")
    dark = colours("github-dark")
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"


def colours(style):
    rules = HtmlFormatter(style=style).get_style_defs(".highlight")
    tokens = [x for x in rules.split("\n") if re.match(r"\.highlight \.\w+ ", x)]
    # The lexer marks some valid TypeScript as an error, and any name after a colon
    # as a type.
    wrong = (".highlight .err ", ".highlight .kt ")
    return "\n".join(x for x in tokens if not x.startswith(wrong))


def duration(seconds):
    """A readable duration: 4.2 s, 3 min 20 s, 2 h 05 min."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return f"{rest} s"
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def svg_element(text):
    """The SVG element of a document, without any prologue."""
    return text[text.index("<svg"):]


def link_rewriter(source_dir, page_dir, series):
    """A filter that adapts a notebook's links to its page: links to notebooks in
    the series (None: all) lead to their pages, others to the original target."""

    def rewrite(match):
        address = match.group(2)
        if re.match(r"[a-z][a-z0-9+.-]*:|//|#|/", address, re.I):
            return match.group(0)
        path, mark, rest = re.match(r"([^#?]*)([#?]?)(.*)", address).groups()
        name = re.fullmatch(r"([^/]+)\.ipynb", path)
        if name and (series is None or name.group(1) in series):
            path = f"{name.group(1)}.html"
        else:
            path = os.path.relpath(os.path.join(source_dir, path), page_dir)
        return f'{match.group(1)}"{path}{mark}{rest}"'

    return lambda html: re.sub(r'(<a\b[^>]*?\bhref=)"([^"]*)"', rewrite, html)


def exporter(links):
    options = Config({"NbConvertBase": {"display_data_priority": PRIORITY}})
    page = TemplateExporter(
        config=options,
        template_name="report",
        extra_template_basedirs=[TEMPLATES],
        template_file="index.html.j2",
    )
    page.output_mimetype = "text/html"
    page.register_filter("highlight_code", Highlight2HTML("typescript"))
    page.register_filter("svg_element", svg_element)
    page.register_filter("notebook_links", links)
    return page


def title_of(notebook, name):
    text = notebook.cells[0].source if notebook.cells else ""
    heading = re.search(r"^# +(.+)$", text, re.M)
    return heading.group(1) if heading else name


def neighbour(names, position, source_dir):
    """Page and title of a notebook of the series, or None beyond its ends."""
    if not 0 <= position < len(names):
        return None
    name = names[position]
    source = os.path.join(source_dir, f"{name}.ipynb")
    title = name
    if os.path.exists(source):
        title = title_of(nbformat.read(source, as_version=4), name)
    return {"page": f"{name}.html", "title": title}


def render(path, source_dir, series):
    page_dir, file = os.path.split(path)
    name = file[: -len(".ipynb")]
    with open(path, "rb") as executed:
        data_hash = hashlib.sha256(executed.read()).hexdigest()
    notebook = nbformat.read(path, as_version=4)
    with open(STYLE, encoding="utf-8") as css:
        style = css.read() + code_colours()
    with open(SCRIPT, encoding="utf-8") as lines:
        script = lines.read()
    names = sorted(series or [name])
    at = names.index(name) if name in names else len(names) + 1
    source = os.path.join(source_dir, file)
    page = {
        "title": title_of(notebook, name),
        "name": name,
        "css": style,
        "data_hash": data_hash,
        "duration": duration,
        "source_link": os.path.relpath(source, page_dir),
        "script": script,
        "script_hash": script_hash(script),
        "previous": neighbour(names, at - 1, source_dir),
        "next": neighbour(names, at + 1, source_dir),
    }
    links = link_rewriter(source_dir, page_dir, series)
    html, _ = exporter(links).from_notebook_node(notebook, {"page": page})
    return html


def script_hash(text):
    """The source expression with which a page's policy allows an inline script."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def end_with_input():
    """Ends this process when standard input ends."""
    while os.read(0, 4096):
        pass
    os._exit(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebooks", nargs="+", type=os.path.abspath)
    parser.add_argument("--source-dir", required=True, type=os.path.abspath)
    parser.add_argument("--series", type=lambda names: names.split(","))
    options = parser.parse_args()
    threading.Thread(target=end_with_input, daemon=True).start()
    for path in options.notebooks:
        page = render(path, options.source_dir, options.series)
        print(json.dumps(page), flush=True)


if __name__ == "__main__":
    main()
