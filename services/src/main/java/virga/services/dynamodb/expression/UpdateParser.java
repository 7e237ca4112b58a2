package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/**
 * Reads update expressions:
 *
 * <pre>
 * update  := section { section }
 * section := SET path '=' value { ',' ... } | REMOVE path { ',' ... } | (ADD | DELETE) path :value { ',' ... }
 * value   := operand [ ('+' | '-') operand ]
 * operand := '(' value ')' | :value | name '(' operand { ',' operand } ')' | path
 * </pre>
 */
final class UpdateParser {
    private enum Section {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    private static final Set<String> OF_CONDITIONS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size");
    private static final UpdateValue NOTHING = new UpdateValue.Constant(new Value.Null());

    private final TokenReader reader;
    private final OperandRules rules;
    private final Set<Section> seen = EnumSet.noneOf(Section.class);
    private final List<Path> paths = new ArrayList<>();
    private final PathTree<UpdateAction> tree;

    UpdateParser(TokenReader reader) {
        this.reader = reader;
        this.rules = new OperandRules(reader);
        this.tree = new PathTree<>(PathClash.reportedTo(reader));
    }

    Update parse() {
        do {
            section(nextSection());
        } while (reader.peek().kind() != Token.Kind.END);
        reader.finish();
        return new Update(paths, tree);
    }

    private Section nextSection() {
        for (Section section : Section.values()) {
            if (reader.acceptKeyword(section.name())) {
                if (!seen.add(section)) {
                    reader.report("The \"" + section + "\" section can only be used once in an update expression;");
                }
                return section;
            }
        }
        throw reader.syntaxError();
    }

    private void section(Section section) {
        do {
            Path path = reader.path();
            UpdateAction action = switch (section) {
                case SET -> {
                    reader.expect("=");
                    yield new UpdateAction.Set(value());
                }
                case REMOVE -> new UpdateAction.Remove();
                case ADD -> new UpdateAction.Add(amount(section, ValueType.N));
                case DELETE -> new UpdateAction.Delete(amount(section, null));
            };
            reader.countOperator();
            paths.add(path);
            tree.add(path, action);
        } while (reader.accept(","));
    }

    /** The value of ADD or DELETE: a set, or of the type {@code besides}. */
    private Value amount(Section section, ValueType besides) {
        Value value = reader.value();
        if (!value.type().isSet() && value.type() != besides) {
            reader.report("Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                    + value.type().longName() + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
        }
        return value;
    }

    private UpdateValue value() {
        UpdateValue left = operand();
        if (reader.accept("+")) {
            return sum(left, false);
        }
        return reader.accept("-") ? sum(left, true) : left;
    }

    private UpdateValue sum(UpdateValue left, boolean minus) {
        UpdateValue right = operand();
        reader.countOperator();
        mustBe(minus ? "-" : "+", ValueType.N, left);
        mustBe(minus ? "-" : "+", ValueType.N, right);
        return new UpdateValue.Sum(left, minus, right);
    }

    private UpdateValue operand() {
        if (reader.accept("(")) {
            UpdateValue inner = value();
            reader.expect(")");
            return inner;
        }
        if (reader.peek().kind() == Token.Kind.VALUE_PLACEHOLDER) {
            return new UpdateValue.Constant(reader.value());
        }
        if (reader.peek().kind() == Token.Kind.NAME && reader.peek(1).isSymbol("(")) {
            return call();
        }
        return new UpdateValue.At(reader.path());
    }

    private UpdateValue call() {
        String function = reader.next().text();
        reader.expect("(");
        List<UpdateValue> arguments = new ArrayList<>();
        do {
            arguments.add(operand());
        } while (reader.accept(","));
        reader.expect(")");
        reader.countOperator();
        return switch (function) {
            case "if_not_exists" -> ifNotExists(arguments);
            case "list_append" -> listAppend(arguments);
            default -> {
                reader.report(
                        OF_CONDITIONS.contains(function)
                                ? "The function is not allowed in an update expression; function: " + function
                                : "Invalid function name; function: " + function);
                yield NOTHING;
            }
        };
    }

    private UpdateValue ifNotExists(List<UpdateValue> arguments) {
        if (!areTwo("if_not_exists", arguments)) {
            return NOTHING;
        }
        if (arguments.getFirst() instanceof UpdateValue.At(Path path)) {
            return new UpdateValue.IfNotExists(path, arguments.getLast());
        }
        reader.report("Operator or function requires a document path; operator or function: if_not_exists");
        return NOTHING;
    }

    private UpdateValue listAppend(List<UpdateValue> arguments) {
        if (!areTwo("list_append", arguments)) {
            return NOTHING;
        }
        arguments.forEach(argument -> mustBe("list_append", ValueType.L, argument));
        return new UpdateValue.ListAppend(arguments.getFirst(), arguments.getLast());
    }

    private boolean areTwo(String function, List<UpdateValue> arguments) {
        if (arguments.size() != 2) {
            reader.report("Incorrect number of operands for operator or function; operator or function: " + function
                    + ", number of operands: " + arguments.size());
        }
        return arguments.size() == 2;
    }

    private void mustBe(String operator, ValueType wanted, UpdateValue value) {
        known(value).filter(type -> type != wanted).ifPresent(type -> rules.wrongType(operator, type));
    }

    private static Optional<ValueType> known(UpdateValue value) {
        return switch (value) {
            case UpdateValue.Constant(Value constant) -> Optional.of(constant.type());
            case UpdateValue.Sum ignored -> Optional.of(ValueType.N);
            case UpdateValue.ListAppend ignored -> Optional.of(ValueType.L);
            case UpdateValue.At ignored -> Optional.empty();
            case UpdateValue.IfNotExists ignored -> Optional.empty();
        };
    }
}
