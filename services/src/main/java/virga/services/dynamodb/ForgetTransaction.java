package virga.services.dynamodb;

import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.store.Codec;
import virga.store.Key;

/** Forgets a transaction's client token when it has been remembered long enough; its payload is the token. */
final class ForgetTransaction implements TaskHandler<String> {
    static final TaskKind<String> KIND = new TaskKind<>("dynamodb/forget-transaction", Codec.UTF8);

    @Override
    public Result run(Task<String> task, Environment environment) {
        Call call = environment.newCall(
                task.scope(),
                new Principal.Service(task.scope().account(), "dynamodb.amazonaws.com", ""),
                task.cause());
        environment.transact(call, work -> {
            Key key = DynamoDbKeys.TRANSACTION.key(call.account(), call.region(), task.payload());
            // The token may have been used anew since the timer was set.
            work.get(key, TransactWriteItems.Remembered.CODEC)
                    .filter(remembered -> !call.at().isBefore(remembered.until()))
                    .ifPresent(remembered -> work.delete(key));
            return true;
        });
        return Result.DONE;
    }
}
