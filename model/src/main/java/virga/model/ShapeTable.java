package virga.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The shapes of one service by number: the base of each generated {@code Shapes}. A shape is made when it is first asked for, so that
 * touching one operation neither loads the classes nor builds the schemas of the others, and shapes may refer to each other in circles.
 *
 * <p>A reference is an object of one class rather than a lambda: a thousand lambdas are a thousand hidden classes at start-up.
 */
public abstract class ShapeTable {
    private final Ref[] refs;

    protected ShapeTable(int size) {
        refs = new Ref[size];
    }

    /** Builds list, map and scalar shapes; hands out the constant of a structure's class. */
    protected abstract Schema schema(int shape);

    /** A value of a structure or union shape; the array is handed over. */
    protected abstract Structure structure(int shape, Object[] values);

    /** The constant of an error's class. */
    protected abstract ErrorShape error(int shape);

    /** The one reference to a shape. */
    public final Ref ref(int shape) {
        synchronized (refs) {
            if (refs[shape] == null) {
                refs[shape] = new Ref(this, shape);
            }
            return refs[shape];
        }
    }

    /** The errors of an operation. */
    public final Supplier<List<ErrorShape>> errors(int... shapes) {
        return new Errors(this, shapes);
    }

    /** A shape that need not exist yet: asks its table for the schema once, and makes values of it. */
    public static final class Ref implements Supplier<Schema>, Function<Object[], Structure> {
        private final ShapeTable table;
        private final int shape;
        private volatile Schema schema;

        private Ref(ShapeTable table, int shape) {
            this.table = table;
            this.shape = shape;
        }

        @Override
        public Schema get() {
            Schema known = schema;
            if (known == null) {
                // Not under a lock: a structure's schema is made by its class's initialiser, which has a lock of its
                // own. Who comes
                // second takes the first one's schema, so that each shape has one.
                Schema made = table.schema(shape);
                synchronized (this) {
                    if (schema == null) {
                        schema = made;
                    }
                    known = schema;
                }
            }
            return known;
        }

        @Override
        public Structure apply(Object[] values) {
            return table.structure(shape, values);
        }
    }

    private static final class Errors implements Supplier<List<ErrorShape>> {
        private final ShapeTable table;
        private final int[] shapes;
        private volatile List<ErrorShape> made;

        private Errors(ShapeTable table, int[] shapes) {
            this.table = table;
            this.shapes = shapes;
        }

        @Override
        public List<ErrorShape> get() {
            if (made == null) {
                List<ErrorShape> errors = new ArrayList<>(shapes.length);
                for (int shape : shapes) {
                    errors.add(table.error(shape));
                }
                made = List.copyOf(errors);
            }
            return made;
        }
    }
}
