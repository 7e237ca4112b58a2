package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import virga.kernel.Fault;
import virga.observe.json.Json;

/**
 * Text in YAML or JSON with the lines at which things stand, the short forms of CloudFormation's functions ({@code !Ref}, {@code !Sub},
 * {@code !GetAtt}) written out. JSON is read by the same reader: it is YAML, and has lines too.
 */
final class TemplateText {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+");
    private static final int MOST_CHARACTERS = 4_000_000;

    private final String file;
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private TemplateText(String file) {
        this.file = file;
    }

    /**
     * What was read.
     *
     * @param lines the line, from 1, of each key that stands one or two levels deep, by its path: {@code Resources/Queue}; of the
     *     elements of lists at the top, by their place from 0: {@code suppressions/0}
     */
    record Read(Json.Structure root, Map<String, Integer> lines) {}

    /**
     * @param file its name, for messages
     * @throws Fault {@code InvalidTemplate} with file and line where the text is neither YAML nor JSON, or not an object
     */
    static Read read(String file, String text) {
        return read(file, text, false);
    }

    /** As {@link #read}; a key that stands twice counts where it stands last, since AWS deploys such templates. */
    static Read readTemplate(String file, String text) {
        return read(file, text, true);
    }

    private static Read read(String file, String text, boolean lastCounts) {
        TemplateText reader = new TemplateText(file);
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setUseMarks(true)
                    .setAllowDuplicateKeys(lastCounts)
                    .setCodePointLimit(MOST_CHARACTERS)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && reader.json(root.get(), "", 0) instanceof Json.Structure structure) {
                return new Read(structure, reader.lines);
            }
            throw reader.invalid(1, "there is no object in it");
        } catch (MarkedYamlEngineException malformed) {
            int line =
                    malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw reader.invalid(line, malformed.getProblem());
        } catch (YamlEngineException malformed) {
            throw reader.invalid(1, malformed.getMessage());
        }
    }

    private Fault invalid(int line, String what) {
        return new Fault("InvalidTemplate", 400, file + ":" + line + ": " + what);
    }

    private Json json(Node node, String path, int depth) {
        String tag = node.getTag().getValue();
        Json value = switch (node) {
            case MappingNode mapping -> structure(mapping, path, depth);
            case SequenceNode sequence -> array(sequence, path, depth);
            case ScalarNode scalar -> tag.startsWith("!") ? new Json.Text(scalar.getValue()) : scalar(scalar);
            default -> throw invalid(line(node), "this is not a value");
        };
        return tag.startsWith("!") ? function(tag.substring(1), value) : value;
    }

    private Json structure(MappingNode mapping, String path, int depth) {
        SequencedMap<String, Json> fields = new LinkedHashMap<>();
        for (NodeTuple field : mapping.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw invalid(line(field.getKeyNode()), "a key must be a text");
            }
            String name = path.isEmpty() ? key.getValue() : path + "/" + key.getValue();
            if (depth < 2) {
                lines.put(name, line(key));
            }
            fields.put(key.getValue(), json(field.getValueNode(), name, depth + 1));
        }
        return new Json.Structure(fields);
    }

    private Json array(SequenceNode sequence, String path, int depth) {
        List<Json> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            String name = path + "/" + elements.size();
            if (depth < 2) {
                lines.put(name, line(element));
            }
            elements.add(json(element, name, depth + 1));
        }
        return new Json.Array(elements);
    }

    private static Json scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return new Json.Text(value);
        }
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> new Json.Null();
            case "true", "True", "TRUE" -> new Json.Truth(true);
            case "false", "False", "FALSE" -> new Json.Truth(false);
            default -> NUMBER.matcher(value).matches() ? new Json.Number(value) : new Json.Text(value);
        };
    }

    private static Json function(String name, Json argument) {
        SequencedMap<String, Json> fields = new LinkedHashMap<>();
        if (name.equals("GetAtt")
                && argument instanceof Json.Text path
                && path.value().contains(".")) {
            int dot = path.value().indexOf('.');
            argument = new Json.Array(List.of(
                    new Json.Text(path.value().substring(0, dot)),
                    new Json.Text(path.value().substring(dot + 1))));
        }
        fields.put(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, argument);
        return new Json.Structure(fields);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
