package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import virga.kernel.Fault;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/**
 * An update from the parameter {@code AttributeUpdates}, which came before expressions.
 *
 * <p>Source: "AttributeUpdates", Legacy conditional parameters, Developer Guide.
 */
public final class LegacyUpdate {
    private final List<Path> paths = new ArrayList<>();
    private final PathTree<UpdateAction> tree = new PathTree<>(PathClash.IGNORED);

    public void put(String attribute, Value value) {
        add(attribute, new UpdateAction.Set(new UpdateValue.Constant(value)));
    }

    public void delete(String attribute) {
        add(attribute, new UpdateAction.Remove());
    }

    /** @throws Fault ValidationException where {@code value} is no set */
    public void delete(String attribute, Value value) {
        if (!value.type().isSet()) {
            throw invalid("DELETE action with value is not supported for the type " + value.type());
        }
        add(attribute, new UpdateAction.Delete(value));
    }

    /** Adds to a number, a set, or a list. @throws Fault ValidationException where {@code value} is none of these */
    public void add(String attribute, Value value) {
        if (value instanceof Value.L list) {
            add(attribute, new UpdateAction.Append(list));
        } else if (value.type().isSet() || value.type() == ValueType.N) {
            add(attribute, new UpdateAction.Add(value));
        } else {
            throw invalid("ADD action is not supported for the type " + value.type());
        }
    }

    public Update build() {
        return new Update(paths, tree);
    }

    private void add(String attribute, UpdateAction action) {
        Path path = Path.of(attribute);
        paths.add(path);
        tree.add(path, action);
    }

    private static Fault invalid(String problem) {
        return ExpressionKind.plain("One or more parameter values were invalid: " + problem);
    }
}
