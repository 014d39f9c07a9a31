import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.RiskAssessment;

/**
 * A FHIR R4 end-point for tests: conditional update and search of RiskAssessment in memory. What HAPI FHIR's instance validator finds an error in is refused with
 * 422 and the OperationOutcome, as a strict server does. Says "serving" once the validator is warm.
 */
public class FhirReceiver {
  private static final FhirContext FHIR = FhirContext.forR4();
  /** Makes the validator load what it needs before the first request waits for it. */
  private static final String WARM_UP = """
      {"resourceType": "RiskAssessment", "status": "final", "subject": {"display": "x"},
       "encounter": {"type": "Encounter", "identifier": {"system": "https://x.example", "value": "x"}},
       "prediction": [{"outcome": {"text": "x"}, "probabilityRange":
         {"low": {"value": 1, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}}}]}""";
  private static final List<RiskAssessment> STORED = new ArrayList<>();
  private static FhirValidator validator;

  public static void main(String[] arguments) throws IOException {
    var chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(FHIR),
        new CommonCodeSystemsTerminologyService(FHIR),
        new InMemoryTerminologyServerValidationSupport(FHIR));
    validator = FHIR.newValidator().registerValidatorModule(new FhirInstanceValidator(chain));
    validator.validateWithResult(WARM_UP);
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
    server.createContext("/r4/RiskAssessment", FhirReceiver::handle);
    server.start();
    System.out.println("serving");
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try {
      var identifier = identifierOf(exchange.getRequestURI());
      if (exchange.getRequestMethod().equals("GET")) answer(exchange, 200, found(identifier));
      else if (exchange.getRequestMethod().equals("PUT")) put(exchange, identifier);
      else answer(exchange, 405, "");
    } catch (RuntimeException error) {
      answer(exchange, 400, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"structure\"}]}");
    }
  }

  private static void put(HttpExchange exchange, String identifier) throws IOException {
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (identifier == null || type == null || !type.startsWith("application/fhir+json")) {
      answer(exchange, 415, "");
      return;
    }
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var result = validator.validateWithResult(body);
    var wrong = result.getMessages().stream().anyMatch(one -> one.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0);
    if (wrong) {
      answer(exchange, 422, FHIR.newJsonParser().encodeResourceToString(result.toOperationOutcome()));
      return;
    }
    var resource = FHIR.newJsonParser().parseResource(RiskAssessment.class, body);
    var existed = STORED.removeIf(one -> has(one, identifier));
    if (!has(resource, identifier)) {
      answer(exchange, 400, "");
      return;
    }
    STORED.add(resource);
    answer(exchange, existed ? 200 : 201, FHIR.newJsonParser().encodeResourceToString(resource));
  }

  private static String found(String identifier) {
    var bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET);
    for (var one : STORED) if (identifier == null || has(one, identifier)) bundle.addEntry().setResource(one);
    return FHIR.newJsonParser().encodeResourceToString(bundle);
  }

  private static boolean has(RiskAssessment resource, String identifier) {
    return resource.getIdentifier().stream().anyMatch(one -> (one.getSystem() + "|" + one.getValue()).equals(identifier));
  }

  private static String identifierOf(URI uri) {
    var query = uri.getRawQuery();
    if (query == null || !query.startsWith("identifier=")) return null;
    return URLDecoder.decode(query.substring("identifier=".length()), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
