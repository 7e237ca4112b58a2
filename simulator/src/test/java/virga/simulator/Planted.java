package virga.simulator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import virga.cloud.Binder;
import virga.cloud.Exchange;
import virga.cloud.Service;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.model.Operation;
import virga.model.ServiceModel;

/** A real service with another handler put in the place of one operation's. */
final class Planted implements Service {
    private final Service right;
    private final Object what;
    private final UnaryOperator<Object> plant;

    /** @param plant makes the faulty handler of {@code operation} from the right one */
    Planted(Service right, Operation<?, ?> operation, UnaryOperator<Object> plant) {
        this(right, (Object) operation, plant);
    }

    /** @param task the name of a kind of tasks */
    Planted(Service right, String task, UnaryOperator<Object> plant) {
        this(right, (Object) task, plant);
    }

    private Planted(Service right, Object what, UnaryOperator<Object> plant) {
        this.right = right;
        this.what = what;
        this.plant = plant;
    }

    @Override
    public ServiceModel model() {
        return right.model();
    }

    @Override
    public List<String> unsupported() {
        return right.unsupported();
    }

    @Override
    public void bind(Binder binder) {
        right.bind((Binder) Proxy.newProxyInstance(
                Binder.class.getClassLoader(), new Class<?>[] {Binder.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length == 2 && isMeant(arguments[0])) {
                        return pass(binder, method, arguments[0], plant.apply(arguments[1]));
                    }
                    return pass(binder, method, arguments);
                }));
    }

    private boolean isMeant(Object bound) {
        return bound.equals(what)
                || bound instanceof TaskKind<?> kind && kind.name().equals(what);
    }

    /** A unit of work that takes writes and forgets them. */
    static UnitOfWork forgetful(UnitOfWork work) {
        return (UnitOfWork) Proxy.newProxyInstance(
                UnitOfWork.class.getClassLoader(), new Class<?>[] {UnitOfWork.class}, (proxy, method, arguments) -> {
                    return List.of("put", "delete", "send").contains(method.getName())
                            ? null
                            : pass(work, method, arguments);
                });
    }

    /** An exchange whose transactions take writes and forget them. */
    static Exchange forgetful(Exchange exchange) {
        return (Exchange) Proxy.newProxyInstance(
                Exchange.class.getClassLoader(), new Class<?>[] {Exchange.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("transact") && arguments.length == 1) {
                        return exchange.transact(work -> forgetting(arguments[0], work));
                    }
                    return pass(exchange, method, arguments);
                });
    }

    @SuppressWarnings("unchecked") // the only argument of Exchange.transact
    private static Object forgetting(Object body, UnitOfWork work) {
        return ((Function<UnitOfWork, Object>) body).apply(forgetful(work));
    }

    private static Object pass(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
