package dev.reactivesession.r2dbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = R2dbcSessionStore.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule aStoreCarriesOpaqueBytes = noClasses()
            .that()
            .resideInAPackage("dev.reactivesession.r2dbc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.reactivesession.codec..", "dev.reactivesession.engine..", "dev.reactivesession.web..");

    @ArchTest
    static final ArchRule theStoreKnowsNoSpring = noClasses()
            .that()
            .resideInAPackage("dev.reactivesession.r2dbc")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    /** The contract of drivers has no notifications: the channel of PostgreSQL alone asks the driver itself. */
    @ArchTest
    static final ArchRule theStoreKnowsTheDriverContractOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(PostgresqlSignals.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc.postgresql..", "io.r2dbc.h2..", "io.r2dbc.pool..", "org.h2..");
}
