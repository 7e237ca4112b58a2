package virga.protocol.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;

/** Reads XML into values, by their schema. Elements that the schema does not know are passed over; namespaces are not looked at. */
final class XmlShapeReader {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader in;

    private XmlShapeReader(XMLStreamReader in) {
        this.in = in;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The members that the document's root element holds, into {@code values}. @throws NotXml where it cannot be read */
    static void readRoot(Bytes body, Schema schema, Object[] values) throws NotXml {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(body.asInputStream(), "UTF-8");
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // A declaration or comments before the root.
            }
            new XmlShapeReader(reader).members(schema, values);
            while (reader.hasNext()) {
                reader.next();
            }
        } catch (XMLStreamException e) {
            throw new NotXml(e);
        }
    }

    /** The body is not well-formed. */
    static final class NotXml extends Exception {
        NotXml(XMLStreamException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** From the start of the structure's element to its end; returns how many members were set. */
    private int members(Schema schema, Object[] values) throws XMLStreamException {
        int set = 0;
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String prefix = in.getAttributePrefix(i);
            String local = in.getAttributeLocalName(i);
            Member member =
                    WireNames.OF_XML.member(schema, prefix == null || prefix.isEmpty() ? local : prefix + ":" + local);
            if (member != null && member.traits().xml().attribute()) {
                values[member.index()] = scalar(member, in.getAttributeValue(i));
                set++;
            }
        }
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
                Member member = WireNames.OF_XML.member(schema, in.getLocalName());
                if (member == null) {
                    skip();
                } else {
                    set += values[member.index()] == null ? 1 : 0;
                    values[member.index()] = member(member, values[member.index()]);
                }
            }
        }
        for (Member member : schema.members()) {
            // Flattened ones grew while they were met; now they are whole.
            if (values[member.index()] instanceof ArrayList<?> list) {
                values[member.index()] = Collections.unmodifiableList(list);
            } else if (values[member.index()] instanceof LinkedHashMap<?, ?> map) {
                values[member.index()] = Collections.unmodifiableMap(map);
            }
        }
        return set;
    }

    private Object member(Member member, Object before) throws XMLStreamException {
        boolean flattened = member.traits().xml().flattened();
        Schema schema = member.target();
        if (flattened && schema.type() == ShapeType.LIST) {
            List<Object> list = new ArrayList<>();
            if (before instanceof List<?> known) {
                list.addAll(known);
            }
            list.add(value(schema.element()));
            return list;
        }
        if (flattened && schema.type() == ShapeType.MAP) {
            Map<String, Object> map = new LinkedHashMap<>();
            if (before instanceof Map<?, ?> known) {
                known.forEach((key, value) -> map.put((String) key, value));
            }
            entry(schema, map);
            return map;
        }
        return value(member);
    }

    private Object value(Member member) throws XMLStreamException {
        Schema schema = member.target();
        return switch (schema.type()) {
            case STRUCTURE, UNION -> {
                Object[] values = new Object[schema.members().size()];
                int set = members(schema, values);
                if (schema.type() == ShapeType.UNION && set != 1) {
                    throw Malformed.serialization("Unions must have exactly one member set, found " + set);
                }
                yield schema.make(values);
            }
            case LIST -> list(schema);
            case MAP -> map(schema);
            default -> scalar(member, in.getElementText());
        };
    }

    private Object list(Schema schema) throws XMLStreamException {
        List<Object> list = new ArrayList<>();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
                list.add(value(schema.element()));
            }
        }
        return Collections.unmodifiableList(list);
    }

    private Object map(Schema schema) throws XMLStreamException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
                entry(schema, map);
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private void entry(Schema schema, Map<String, Object> map) throws XMLStreamException {
        String key = null;
        Object value = null;
        String valueName = XmlNames.of(schema.value());
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
                if (in.getLocalName().equals(schema.key().wireName())) {
                    key = in.getElementText();
                } else if (in.getLocalName().equals(valueName)) {
                    value = member(schema.value(), value);
                } else {
                    skip();
                }
            }
        }
        if (key == null) {
            throw Malformed.serialization("An entry of a map has no key");
        }
        map.put(key, value);
    }

    private void skip() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // Text and comments of what is passed over.
                }
            }
        }
    }

    private static Object scalar(Member member, String text) {
        String content = member.type() == ShapeType.STRING ? text : text.strip();
        return TextScalars.parse(member.target(), member.traits(), content, Timestamps.DATE_TIME);
    }
}
