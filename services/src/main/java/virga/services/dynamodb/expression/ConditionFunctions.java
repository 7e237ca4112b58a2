package virga.services.dynamodb.expression;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/** The functions of conditions: what they may be given, and what each becomes. */
final class ConditionFunctions {
    private static final Set<String> TESTS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains");
    private static final Set<String> OF_UPDATES = Set.of("if_not_exists", "list_append");
    private static final Operand NOTHING = new Operand.Constant(new Value.Null());

    private final TokenReader reader;
    private final OperandRules rules;

    ConditionFunctions(TokenReader reader, OperandRules rules) {
        this.reader = reader;
        this.rules = rules;
    }

    /** {@code term} where an operand is wanted: of all functions only {@code size} is one. */
    Operand operand(Term term) {
        return switch (term) {
            case Term.Plain(Operand operand) -> operand;
            case Term.Call(String function, List<Term> arguments) -> {
                if (function.equals("size")) {
                    yield size(arguments);
                }
                if (TESTS.contains(function)) {
                    notThisWay(function);
                } else {
                    unknown(function);
                }
                yield NOTHING;
            }
        };
    }

    /** {@code call} where a condition is wanted. */
    Condition condition(Term.Call call) {
        String function = call.function();
        List<Term> arguments = call.arguments();
        return switch (function) {
            case "attribute_exists" -> new Condition.AttributeExists(onlyPath(function, arguments));
            case "attribute_not_exists" -> new Condition.AttributeNotExists(onlyPath(function, arguments));
            case "attribute_type" -> attributeType(arguments);
            case "begins_with" -> beginsWith(arguments);
            case "contains" -> contains(arguments);
            case "size" -> {
                notThisWay(function);
                yield Condition.ALWAYS;
            }
            default -> {
                unknown(function);
                yield Condition.ALWAYS;
            }
        };
    }

    private Operand size(List<Term> arguments) {
        if (!counts("size", arguments, 1)) {
            return NOTHING;
        }
        Operand of = operand(arguments.getFirst());
        OperandRules.type(of)
                .filter(type -> type == ValueType.N || type == ValueType.BOOL || type == ValueType.NULL)
                .ifPresent(type -> rules.wrongType("size", type));
        return new Operand.Size(of);
    }

    private Condition attributeType(List<Term> arguments) {
        if (!counts("attribute_type", arguments, 2)) {
            return Condition.ALWAYS;
        }
        Path path = path("attribute_type", arguments.getFirst());
        Operand second = operand(arguments.getLast());
        if (!(second instanceof Operand.Constant(Value.S(String name)))) {
            Optional<ValueType> type = OperandRules.type(second);
            if (type.isPresent()) {
                rules.wrongType("attribute_type", type.get());
            } else {
                reader.report("Incorrect operand type for operator or function; operator or function: attribute_type,"
                        + " operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
            }
            return Condition.ALWAYS;
        }
        for (ValueType type : ValueType.values()) {
            if (type.name().equals(name)) {
                return new Condition.AttributeType(path, type);
            }
        }
        reader.report(
                "Invalid attribute type name found; type: " + name + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        return Condition.ALWAYS;
    }

    private Condition beginsWith(List<Term> arguments) {
        if (!counts("begins_with", arguments, 2)) {
            return Condition.ALWAYS;
        }
        Operand operand = operand(arguments.getFirst());
        Operand prefix = operand(arguments.getLast());
        for (Operand each : List.of(operand, prefix)) {
            OperandRules.type(each)
                    .filter(type -> type != ValueType.S && type != ValueType.B)
                    .ifPresent(type -> rules.wrongType("begins_with", type));
        }
        rules.mustDiffer("begins_with", operand, List.of(prefix));
        return new Condition.BeginsWith(operand, prefix);
    }

    private Condition contains(List<Term> arguments) {
        if (!counts("contains", arguments, 2)) {
            return Condition.ALWAYS;
        }
        Operand operand = operand(arguments.getFirst());
        Operand part = operand(arguments.getLast());
        rules.mustDiffer("contains", operand, List.of(part));
        return new Condition.Contains(operand, part);
    }

    private Path onlyPath(String function, List<Term> arguments) {
        return counts(function, arguments, 1) ? path(function, arguments.getFirst()) : Path.of("");
    }

    private Path path(String function, Term argument) {
        if (argument instanceof Term.Plain(Operand.At(Path path))) {
            return path;
        }
        reader.report("Operator or function requires a document path; operator or function: " + function);
        return Path.of("");
    }

    private boolean counts(String function, List<Term> arguments, int wanted) {
        if (arguments.size() != wanted) {
            reader.report("Incorrect number of operands for operator or function; operator or function: " + function
                    + ", number of operands: " + arguments.size());
        }
        return arguments.size() == wanted;
    }

    private void notThisWay(String function) {
        reader.report("The function is not allowed to be used this way in an expression; function: " + function);
    }

    private void unknown(String function) {
        if (OF_UPDATES.contains(function)) {
            reader.report(
                    "The function is not allowed in a " + reader.kind().word() + " expression; function: " + function);
        } else {
            reader.report("Invalid function name; function: " + function);
        }
    }
}
