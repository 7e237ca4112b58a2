package virga.simulator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.UnaryOperator;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.cloud.UnitOfWork;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;

/** The real SQS with the handler of one operation put in another's place. */
final class PlantedSqs implements Service {
    private final Service right = new SqsService("http://127.0.0.1:4566", SqsLimits.AWS);
    private final Operation<?, ?> operation;
    private final UnaryOperator<Object> plant;

    /** @param plant makes the faulty handler of {@code operation} from the right one */
    PlantedSqs(Operation<?, ?> operation, UnaryOperator<Object> plant) {
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

    private static Object pass(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
