package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import virga.kernel.Fault;

/** Reads YAML as CloudFormation does, with the short forms of the intrinsic functions as tags. */
final class YamlReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+\\.[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private YamlReader() {}

    static JsonNode read(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setUseMarks(true)
                    .setMaxAliasesForCollections(0)
                    .setAllowDuplicateKeys(true)
                    .setCodePointLimit(4 * TemplateText.MAXIMUM_OBJECT_BYTES)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty() ? NODES.nullNode() : node(root.get());
        } catch (MarkedYamlEngineException malformed) {
            throw notWellFormed(malformed.getProblemMark());
        } catch (YamlEngineException malformed) {
            throw TemplateErrors.format("YAML not well-formed. " + malformed.getMessage());
        }
    }

    private static Fault notWellFormed(Optional<Mark> mark) {
        return TemplateErrors.format("YAML not well-formed." + place(mark));
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(at -> " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")")
                .orElse("");
    }

    private static JsonNode node(Node node) {
        if (node instanceof AnchorNode || node.getAnchor().isPresent()) {
            throw TemplateErrors.template(
                    "YAML aliases are not allowed in CloudFormation templates" + place(node.getStartMark()));
        }
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? function(tag.substring(1), node) : plain(node);
    }

    private static JsonNode plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode sequence -> array(sequence);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw notWellFormed(node.getStartMark());
        };
    }

    private static ObjectNode object(MappingNode mapping) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple field : mapping.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key)
                    || key.getTag().getValue().startsWith("!")) {
                throw notWellFormed(field.getKeyNode().getStartMark());
            }
            if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                throw TemplateErrors.template(
                        "YAML hash merges are not allowed in CloudFormation templates" + place(key.getStartMark()));
            }
            object.set(key.getValue(), node(field.getValueNode()));
        }
        return object;
    }

    private static ArrayNode array(SequenceNode sequence) {
        ArrayNode array = NODES.arrayNode();
        sequence.getValue().forEach(item -> array.add(node(item)));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return NODES.textNode(value);
        }
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
            case "true", "True", "TRUE" -> NODES.booleanNode(true);
            case "false", "False", "FALSE" -> NODES.booleanNode(false);
            default -> numberOrText(value);
        };
    }

    /** Numbers with leading zeros (account ids) and dates (policy versions) are not numbers: they stay as written. */
    private static JsonNode numberOrText(String value) {
        if (INTEGER.matcher(value).matches()) {
            BigInteger number = new BigInteger(value.startsWith("+") ? value.substring(1) : value);
            return switch (Integer.signum(number.bitLength() - 31)) {
                case -1, 0 -> NODES.numberNode(number.intValue());
                default -> number.bitLength() <= 63 ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
            };
        }
        if (DECIMAL.matcher(value).matches()) {
            return NODES.numberNode(new BigDecimal(value).doubleValue());
        }
        return NODES.textNode(value);
    }

    private static JsonNode function(String name, Node node) {
        String longName = Intrinsics.longName(name)
                .orElseThrow(() ->
                        TemplateErrors.template("Encountered unsupported tag: !" + name + place(node.getStartMark())));
        JsonNode argument = node instanceof ScalarNode scalar ? NODES.textNode(scalar.getValue()) : plain(node);
        if (name.equals("GetAtt") && argument.isTextual()) {
            argument = attributePath(argument.asText());
        }
        return NODES.objectNode().set(longName, argument);
    }

    private static JsonNode attributePath(String path) {
        int dot = path.indexOf('.');
        if (dot < 1 || dot == path.length() - 1) {
            throw TemplateErrors.template(
                    "every Fn::GetAtt object requires two non-empty parameters, the resource name and the"
                            + " resource attribute");
        }
        return NODES.arrayNode().add(path.substring(0, dot)).add(path.substring(dot + 1));
    }
}
