package dev.towline.edge.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.rate.CostCharge;
import dev.towline.problem.BadInput;
import dev.towline.problem.Limit;
import dev.towline.problem.Problem;
import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Applies the limits to every operation, whatever its transport, each as early as possible: the size of the request before parsing, the
 * tokens while parsing, the shape of the document before validation, and the cost before execution. A document that is in the cache of parsed
 * documents has passed all but the first and the last. Thread-safe.
 */
@Component
@Order(10)
class LimitGate extends SimplePerformantInstrumentation {

    /** The levels of grammar rules. A level of fields has three. The parser is recursive, so they limit the stack. */
    static final int SYNTAX_DEPTH = 200;

    private static final Set<String> INTROSPECTION =
            Set.of(Introspection.SchemaMetaFieldDef.getName(), Introspection.TypeMetaFieldDef.getName());

    private final LimitSettings limits;
    private final ParserOptions parser;

    /** The plans of operations, as long as their documents are used. */
    private final Cache<OperationDefinition, CostPlan> plans =
            Caffeine.newBuilder().weakKeys().build();

    LimitGate(LimitSettings limits) {
        this.limits = limits;
        this.parser = ParserOptions.getDefaultOperationParserOptions()
                .transform(
                        options -> // The parser counts the end of the document, too.
                        options.maxTokens(limits.tokens() + 1)
                                .maxCharacters(limits.documentCharacters())
                                // the characters limit them
                                .maxWhitespaceTokens(limits.documentCharacters())
                                .maxRuleDepth(SYNTAX_DEPTH));
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecution(
            InstrumentationExecutionParameters parameters, InstrumentationState state) {
        var input = parameters.getExecutionInput();
        input.getGraphQLContext().put(ParserOptions.class, parser);
        required(() ->
                RequestSize.check(input.getQuery(), input.getRawVariables().toMap(), limits));
        return super.beginExecution(parameters, state);
    }

    @Override
    public @Nullable InstrumentationContext<Document> beginParse(
            InstrumentationExecutionParameters parameters, InstrumentationState state) {
        return SimpleInstrumentationContext.whenCompleted((_, failure) -> {
            switch (failure) {
                case ParseCancelledException _ ->
                    throw aborted(LimitSettings.exceeded(limits.tokens(), "tokens", "tokens in the document"));
                case ParseCancelledTooDeepException _ ->
                    throw aborted(
                            LimitSettings.exceeded(SYNTAX_DEPTH, "syntaxDepth", "levels of syntax in the document"));
                case null, default -> {}
            }
        });
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, InstrumentationState state) {
        required(() -> {
            DocumentShape.check(parameters.getDocument(), limits);
            if (!limits.introspection()) {
                requireNoIntrospection(parameters.getDocument());
            }
        });
        return super.beginValidation(parameters, state);
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        boolean isStream =
                context.getOperationDefinition().getOperation() == OperationDefinition.Operation.SUBSCRIPTION;
        if (isStream) {
            required(() -> RequestSize.checkStream(
                    context.getExecutionInput().getRawVariables().toMap(), limits));
        }
        CostPlan plan = plans.get(
                context.getOperationDefinition(),
                operation -> CostPlanner.plan(context.getGraphQLSchema(), operation, context.getFragmentsByName()));
        RequestCost cost = new RequestCost(
                plan.with(context.getCoercedVariables().toMap()), isStream ? limits.subscriptionCost() : limits.cost());
        context.getGraphQLContext().put(RequestCost.class, cost);
        required(() -> {
            LimitSettings.requireAtMost(
                    cost.budget(),
                    cost.requested(),
                    isStream ? "subscriptionCost" : "cost",
                    isStream ? "points of cost in a subscription" : "points of cost");
            CostCharge.charge(context.getGraphQLContext(), cost.requested());
        });
        return super.beginExecuteOperation(parameters, state);
    }

    private static void requireNoIntrospection(Node<?> node) {
        if (node instanceof Field field && INTROSPECTION.contains(field.getName())) {
            throw new BadInput("query", "must not have `" + field.getName() + "`.", new Limit("introspection", 0));
        }
        node.getChildren().forEach(child -> requireNoIntrospection(Objects.requireNonNull(child)));
    }

    private static void required(Runnable check) {
        try {
            check.run();
        } catch (Problem problem) {
            throw aborted(problem);
        }
    }

    private static AbortExecutionException aborted(Problem problem) {
        return new AbortExecutionException(List.of(ProblemErrors.of(problem, null)));
    }
}
