package virga.protocol.wire;

import virga.model.Member;
import virga.model.ShapeType;

/** Element and parameter names of the XML protocols. */
final class XmlNames {
    private XmlNames() {}

    /** A flattened list has no element of its own: its elements' name stands for it, where they have one. */
    static String of(Member member) {
        if (member.traits().xml().flattened() && member.type() == ShapeType.LIST) {
            String element = member.target().element().traits().locationName();
            return element.isEmpty() ? member.wireName() : element;
        }
        return member.wireName();
    }
}
