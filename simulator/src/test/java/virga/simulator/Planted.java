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
import virga.cloud.UnitOfWork;
import virga.model.Operation;
import virga.model.ServiceModel;

/** A real service with another handler put in the place of one operation's. */
final class Planted implements Service {
    private final Service right;
    private final Operation<?, ?> operation;
    private final UnaryOperator<Object> plant;

    /** @param plant makes the faulty handler of {@code operation} from the right one */
    Planted(Service right, Operation<?, ?> operation, UnaryOperator<Object> plant) {
        this.right = right;
        this.operation = operation;
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
                    if (arguments.length == 2 && arguments[0].equals(operation)) {
                        return pass(binder, method, arguments[0], plant.apply(arguments[1]));
                    }
                    return pass(binder, method, arguments);
                }));
    }

    /** A unit of work that takes writes and forgets them. */
    static UnitOfWork forgetful(UnitOfWork work) {
        return (UnitOfWork) Proxy.newProxyInstance(
                UnitOfWork.class.getClassLoader(), new Class<?>[] {UnitOfWork.class}, (proxy, method, arguments) -> {
                    boolean writes =
                            method.getName().equals("put") || method.getName().equals("delete");
                    return writes ? null : pass(work, method, arguments);
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
