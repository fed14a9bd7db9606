// Shows the description of the interface and tries it out, on this server alone.

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Nothing is sent to others to be checked, and nothing is kept.
  validatorUrl: null,
  persistAuthorization: false,
});
