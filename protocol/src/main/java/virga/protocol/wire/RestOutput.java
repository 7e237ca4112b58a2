package virga.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;
import virga.protocol.Headers;

/** Writes what a REST response carries outside its body. */
final class RestOutput {
    private RestOutput() {}

    /** The status: the one bound member's, or else {@code otherwise}. */
    static int status(HttpBindings bindings, Structure output, int otherwise) {
        for (Member member : bindings.statusCodes()) {
            if (output.valueOf(member) instanceof Integer status) {
                return status;
            }
        }
        return otherwise;
    }

    static void headers(HttpBindings bindings, Structure output, Headers.Builder headers) {
        for (Member member : bindings.headerMaps()) {
            if (output.valueOf(member) instanceof Map<?, ?> map) {
                map.forEach((name, value) -> {
                    String header = member.traits().locationName() + name;
                    if (!isBound(bindings, output, header)) {
                        headers.add(header, (String) value);
                    }
                });
            }
        }
        for (Member member : bindings.headers()) {
            Object value = output.valueOf(member);
            if (value instanceof List<?> list) {
                if (!list.isEmpty()) {
                    headers.add(member.wireName(), joined(member.target(), list));
                }
            } else if (value != null) {
                headers.add(member.wireName(), text(member, value));
            }
        }
    }

    private static String text(Member member, Object value) {
        if (member.traits().jsonValue()) {
            return Base64.getEncoder().encodeToString(((String) value).getBytes(StandardCharsets.UTF_8));
        }
        return TextScalars.format(member.target(), member.traits(), value, Timestamps.HTTP_DATE);
    }

    private static String joined(Schema schema, List<?> list) {
        Member element = schema.element();
        List<String> texts = new ArrayList<>(list.size());
        for (Object item : list) {
            if (item != null) {
                String text = TextScalars.format(element.target(), element.traits(), item, Timestamps.HTTP_DATE);
                texts.add(element.type() == ShapeType.STRING ? HeaderLists.quote(text) : text);
            }
        }
        return String.join(", ", texts);
    }

    /** A content type of the output's own wins over the protocol's. */
    static boolean saysContentType(HttpBindings bindings, Structure output) {
        return isBound(bindings, output, "Content-Type");
    }

    private static boolean isBound(HttpBindings bindings, Structure output, String header) {
        for (Member member : bindings.headers()) {
            if (member.wireName().equalsIgnoreCase(header) && output.has(member)) {
                return true;
            }
        }
        return false;
    }
}
