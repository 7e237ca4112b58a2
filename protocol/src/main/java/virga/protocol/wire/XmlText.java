package virga.protocol.wire;

import virga.kernel.Bytes;

/** Writes XML text; the caller opens and closes elements in pairs. */
final class XmlText {
    private final StringBuilder out = new StringBuilder(512);
    private boolean tagOpen;

    XmlText declaration() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return this;
    }

    XmlText open(String name) {
        endTag();
        out.append('<').append(name);
        tagOpen = true;
        return this;
    }

    /** Only right after {@link #open}. */
    XmlText attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value, true);
        out.append('"');
        return this;
    }

    XmlText namespace(String uri, String prefix) {
        return uri.isEmpty() ? this : attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri);
    }

    XmlText text(String text) {
        endTag();
        escape(text, false);
        return this;
    }

    XmlText close(String name) {
        if (tagOpen) {
            out.append("/>");
            tagOpen = false;
        } else {
            out.append("</").append(name).append('>');
        }
        return this;
    }

    XmlText element(String name, String text) {
        return open(name).text(text).close(name);
    }

    Bytes bytes() {
        return Bytes.ofUtf8(out.toString());
    }

    private void endTag() {
        if (tagOpen) {
            out.append('>');
            tagOpen = false;
        }
    }

    private void escape(String text, boolean inAttribute) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\r' -> out.append("&#xD;");
                case '\n' -> out.append(inAttribute ? "&#xA;" : "\n");
                case '\u0085' -> out.append("&#x85;");
                case '\u2028' -> out.append("&#x2028;");
                default -> out.append(character);
            }
        }
    }
}
