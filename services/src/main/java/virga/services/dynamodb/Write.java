package virga.services.dynamodb;

import java.util.Map;
import virga.cloud.Faults;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.Path;
import virga.services.dynamodb.expression.Update;
import virga.services.dynamodb.item.Item;

/**
 * One write of one item as a request asks for it, alone or in a transaction; not yet tied to a table.
 *
 * @param given the whole item of a PUT, else the primary key
 * @param update what an UPDATE does
 */
record Write(Kind kind, Map<String, AttributeValue> given, Condition condition, Update update) {
    enum Kind {
        PUT,
        UPDATE,
        DELETE,
        /** Only the condition is tested. */
        CHECK
    }

    /** @param request an input with the members of expressions. @throws Fault ValidationException where one is not well formed */
    static Write of(Kind kind, Structure request, Map<String, AttributeValue> given) {
        Expressions expressions = new Expressions(request);
        Update update = kind == Kind.UPDATE ? expressions.update() : Update.NONE;
        Condition condition = expressions.condition();
        expressions.checkAllUsed();
        return new Write(kind, given, condition, update);
    }

    /** A write without a condition, as batches have them. */
    static Write unconditional(Kind kind, Map<String, AttributeValue> given) {
        return new Write(kind, given, Condition.ALWAYS, Update.NONE);
    }

    /** @throws Fault ValidationException where {@code rules} refuse the key or item */
    OnTable on(KeyRules rules) {
        if (kind == Kind.PUT) {
            return new OnTable(this, rules, rules.item(given));
        }
        Item key = rules.key(given);
        for (Path path : update.paths()) {
            if (rules.table().key().has(path.attribute())) {
                throw Faults.validation("One or more parameter values were invalid: Cannot update attribute "
                        + path.attribute() + ". This attribute is part of the key");
            }
        }
        return new OnTable(this, rules, key);
    }

    /** A write that its table can take. */
    record OnTable(Write write, KeyRules rules, Item target) {
        Item key() {
            return target.only(rules.table().key().names());
        }

        boolean conditionHolds(Item current) {
            return write.condition.holds(current);
        }

        /** @throws Fault ValidationException where the update does not fit the item, or the item then not the table */
        Change change(Item current) {
            return switch (write.kind) {
                case PUT -> new Change(current, target);
                case DELETE -> new Change(current, Item.EMPTY);
                case CHECK -> new Change(current, current);
                case UPDATE -> {
                    Item after = write.update.applyTo(current.isEmpty() ? target : current);
                    rules.checkUpdated(after);
                    yield new Change(current, after);
                }
            };
        }
    }
}
