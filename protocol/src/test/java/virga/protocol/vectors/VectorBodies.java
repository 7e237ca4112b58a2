package virga.protocol.vectors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import virga.kernel.Bytes;

/** Bodies in a form in which two that mean the same are equal. */
final class VectorBodies {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private VectorBodies() {}

    static Object canonical(String mediaType, Bytes body) throws Exception {
        if (body.isEmpty()) {
            return "";
        }
        if (mediaType.endsWith("json")) {
            return withoutNamespace(VectorValues.plain(JSON.readValue(body.unsafeArray(), Object.class)));
        }
        if (mediaType.endsWith("cbor")) {
            return withoutNamespace(VectorValues.plain(CBOR.readValue(body.unsafeArray(), Object.class)));
        }
        if (mediaType.endsWith("xml")) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            return element(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body.unsafeArray()))
                    .getDocumentElement());
        }
        return body.utf8();
    }

    /** What stands before an error's name is the server's affair: clients cut it off. */
    private static Object withoutNamespace(Object value) {
        if (value instanceof Map<?, ?> map && map.get("__type") instanceof String type) {
            Map<String, Object> shortened = new TreeMap<>();
            map.forEach((name, member) -> shortened.put((String) name, member));
            shortened.put("__type", type.substring(type.indexOf('#') + 1));
            return shortened;
        }
        return value;
    }

    private static String element(Element element) {
        StringBuilder out = new StringBuilder("<").append(element.getTagName());
        NamedNodeMap attributes = element.getAttributes();
        TreeSet<String> written = new TreeSet<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (element.getTagName().equals("ErrorResponse")) {
                // AWS's errors have the service's namespace, the vectors' have none.
                continue;
            }
            written.add(" " + attributes.item(i).getNodeName() + "='"
                    + attributes.item(i).getNodeValue() + "'");
        }
        written.forEach(out::append);
        out.append(">");
        List<Element> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                if (inner.getTagName().equals("ResponseMetadata")) {
                    // Every answer of awsQuery has it; most vectors leave it out.
                    continue;
                }
                children.add(inner);
            } else if (child instanceof Text) {
                text.append(child.getNodeValue());
            }
        }
        // The order of members means nothing, that of a list's elements does: a stable sort by name keeps both true.
        children.stream()
                .sorted(Comparator.comparing(Element::getTagName))
                .forEach(child -> out.append(element(child)));
        return out.append(children.isEmpty() ? text.toString() : "")
                .append("</")
                .append(element.getTagName())
                .append(">")
                .toString();
    }
}
