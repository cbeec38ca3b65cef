// The link's secret stands behind the #, which no server is told: it is posted once and then gone from the address.
const token = location.hash.slice(1);
const field = document.querySelector("#enter [name=token]");
if (token && field) {
  history.replaceState(null, "", location.pathname);
  field.value = decodeURIComponent(token);
  field.form.submit();
}
