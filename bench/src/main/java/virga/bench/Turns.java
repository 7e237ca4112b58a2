package virga.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order in which contenders are measured: each round all of them, and the next round the other way round. */
public final class Turns {
    private Turns() {}

    /** The contenders of round {@code number}: as given in odd rounds, so in the first one that counts; backwards in even ones. */
    public static <T> List<T> of(int number, List<T> contenders) {
        List<T> order = new ArrayList<>(contenders);
        if (number % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }
}
