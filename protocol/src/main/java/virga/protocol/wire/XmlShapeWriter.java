package virga.protocol.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;
import virga.model.Traits;

/** Writes values as XML, by their schema. Source: Smithy's XML binding traits. */
final class XmlShapeWriter {
    private final XmlText out;
    private final boolean isS3;

    XmlShapeWriter(XmlText out) {
        this(out, false);
    }

    /** @param isS3 whose timestamps always have milliseconds */
    XmlShapeWriter(XmlText out, boolean isS3) {
        this.out = out;
        this.isS3 = isS3;
    }

    /** The attributes of {@code members}: right after their structure's element was opened. */
    void attributes(Structure structure, List<Member> members) {
        for (Member member : members) {
            if (member.traits().xml().attribute() && structure.has(member)) {
                out.attribute(member.wireName(), scalar(member, structure.valueOf(member)));
            }
        }
    }

    /** The elements of {@code members}. */
    void elements(Structure structure, List<Member> members) {
        for (Member member : members) {
            Object value = structure.valueOf(member);
            if (value != null && !member.traits().xml().attribute()) {
                member(member, value);
            }
        }
    }

    private void member(Member member, Object value) {
        boolean flattened = member.traits().xml().flattened();
        if (flattened && value instanceof List<?> list) {
            items(XmlNames.of(member), list, member.target());
        } else if (flattened && value instanceof Map<?, ?> map) {
            entries(member.wireName(), member.traits(), map, member.target());
        } else {
            element(member.wireName(), member, value);
        }
    }

    /** One element called {@code name} with the value of {@code member}; an empty one for {@code null}. */
    void element(String name, Member member, Object value) {
        out.open(name);
        namespace(member);
        if (value != null) {
            content(member, value);
        }
        out.close(name);
    }

    private void content(Member member, Object value) {
        Schema schema = member.target();
        switch (value) {
            case Structure structure -> {
                List<Member> members = structure.schema().members();
                attributes(structure, members);
                elements(structure, members);
            }
            case List<?> list -> items(schema.element().wireName(), list, schema);
            case Map<?, ?> map -> entries("entry", Traits.NONE, map, schema);
            default -> out.text(scalar(member, value));
        }
    }

    private void items(String name, List<?> list, Schema schema) {
        Member element = schema.element();
        for (Object item : list) {
            out.open(name);
            namespace(element);
            if (item != null) {
                content(element, item);
            }
            out.close(name);
        }
    }

    /** A structure's own default namespace is for where it is the root; inside another it inherits. */
    private void namespace(Member member) {
        Traits.XmlTraits xml = member.traits().xml();
        boolean inherited = member.type() == ShapeType.STRUCTURE
                && xml.namespacePrefix().isEmpty()
                && xml.namespaceUri().equals(member.target().traits().xml().namespaceUri());
        if (!inherited) {
            out.namespace(xml.namespaceUri(), xml.namespacePrefix());
        }
    }

    private void entries(String name, Traits traits, Map<?, ?> map, Schema schema) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.open(name).namespace(traits.xml().namespaceUri(), traits.xml().namespacePrefix());
            element(schema.key().wireName(), schema.key(), entry.getKey());
            Member value = schema.value();
            if (value.type() == ShapeType.LIST && value.traits().xml().flattened()) {
                items(XmlNames.of(value), (List<?>) entry.getValue(), value.target());
            } else {
                element(value.wireName(), value, entry.getValue());
            }
            out.close(name);
        }
    }

    private String scalar(Member member, Object value) {
        if (isS3
                && value instanceof Instant instant
                && member.traits().timestampFormat().isEmpty()) {
            return S3Wire.timestamp(instant);
        }
        return TextScalars.format(member.target(), member.traits(), value, Timestamps.DATE_TIME);
    }
}
