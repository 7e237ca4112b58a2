package virga.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Traits;
import virga.protocol.HttpRequest;
import virga.protocol.Parameters;

/** Reads what a REST request carries outside its body. Source: Smithy's HTTP binding traits. */
final class RestInput {
    private final HttpBindings bindings;
    private final HttpRequest request;
    private final Object[] values;

    RestInput(HttpBindings bindings, HttpRequest request, Object[] values) {
        this.bindings = bindings;
        this.request = request;
        this.values = values;
    }

    void read(Map<String, String> labels) {
        for (Member member : bindings.labels()) {
            String text = labels.get(member.wireName());
            if (text == null) {
                text = labels.get(member.name());
            }
            if (text != null) {
                values[member.index()] =
                        TextScalars.parse(member.target(), member.traits(), text, Timestamps.DATE_TIME);
            }
        }
        if (!request.query().isEmpty()
                && !(bindings.queries().isEmpty() && bindings.queryMaps().isEmpty())) {
            query(request.parameters());
        }
        for (Member member : bindings.headers()) {
            values[member.index()] = header(member);
        }
        for (Member member : bindings.headerMaps()) {
            values[member.index()] = headerMap(member);
        }
    }

    private void query(Parameters parameters) {
        for (Member member : bindings.queries()) {
            List<String> texts = parameters.all(member.wireName());
            if (!texts.isEmpty()) {
                values[member.index()] = member.type() == ShapeType.LIST
                        ? list(member.target(), texts, Timestamps.DATE_TIME)
                        : TextScalars.parse(member.target(), member.traits(), texts.getFirst(), Timestamps.DATE_TIME);
            }
        }
        for (Member member : bindings.queryMaps()) {
            boolean lists = member.target().value().type() == ShapeType.LIST;
            Map<String, Object> map = new LinkedHashMap<>();
            parameters.forEach((name, value) -> {
                map.putIfAbsent(name, lists ? parameters.all(name) : value);
            });
            values[member.index()] = map.isEmpty() ? null : Collections.unmodifiableMap(map);
        }
    }

    private Object header(Member member) {
        List<String> lines = request.headers().all(member.wireName());
        if (lines.isEmpty()) {
            return null;
        }
        if (member.type() == ShapeType.LIST) {
            Schema schema = member.target();
            Member element = schema.element();
            String all = String.join(",", lines);
            boolean dates = element.type() == ShapeType.TIMESTAMP && isHttpDate(element.traits());
            return list(schema, dates ? HeaderLists.splitDates(all) : HeaderLists.split(all), Timestamps.HTTP_DATE);
        }
        String text = lines.getFirst();
        if (member.traits().jsonValue()) {
            return new String(decoded(text), StandardCharsets.UTF_8);
        }
        return TextScalars.parse(member.target(), member.traits(), text, Timestamps.HTTP_DATE);
    }

    private static byte[] decoded(String text) {
        try {
            if (text.length() % 4 != 0) {
                throw new IllegalArgumentException("not padded");
            }
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Malformed.serialization("'" + text + "' is not valid base64");
        }
    }

    private static boolean isHttpDate(Traits traits) {
        return traits.timestampFormat().isEmpty() || traits.timestampFormat().equals(Timestamps.HTTP_DATE);
    }

    /** The headers that begin with the prefix; nothing where there are none. */
    private Object headerMap(Member member) {
        String prefix = member.traits().locationName();
        Map<String, Object> map = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                String key = name.substring(prefix.length());
                // S3 keeps the names of user metadata in lower case. Source: "Working with object metadata", S3 User
                // Guide.
                map.merge(
                        prefix.equals("x-amz-meta-") ? key.toLowerCase(Locale.ROOT) : key,
                        value,
                        (first, more) -> first + "," + more);
            }
        });
        return map.isEmpty() ? null : Collections.unmodifiableMap(map);
    }

    private static List<Object> list(Schema schema, List<String> texts, String defaultFormat) {
        Member element = schema.element();
        List<Object> list = new ArrayList<>(texts.size());
        for (String text : texts) {
            list.add(TextScalars.parse(element.target(), element.traits(), text, defaultFormat));
        }
        return Collections.unmodifiableList(list);
    }
}
