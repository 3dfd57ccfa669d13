// What an EHR tells when somebody takes a suggestion or overrides a card.

/** Makes the cards' buttons work; `headers` and `service` give what a call needs. */
export function feedback(root, service, headers) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-accept], [data-override]");
    if (button) send(button, button.closest("[data-card]"));
  });

  async function send(button, card) {
    const taken = button.dataset.accept;
    const entry = {
      card: card.dataset.card,
      outcome: taken ? "accepted" : "overridden",
      outcomeTimestamp: new Date().toISOString(),
    };
    if (taken) entry.acceptedSuggestions = [{ id: taken }];
    else Object.assign(entry, reasonOf(card.querySelector(".override select")));
    const said = card.querySelector(".heard");
    const answer = await post({ feedback: [entry] });
    said.classList.toggle("failed", !answer.ok);
    if (answer.ok) {
      button.classList.toggle("taken", Boolean(taken));
      said.textContent = `Feedback received: ${entry.outcome} (HTTP ${answer.status}).`;
    } else {
      said.textContent = `Feedback was refused (HTTP ${answer.status || "none"}).`;
    }
  }

  async function post(body) {
    try {
      const url = `cds-services/${encodeURIComponent(service())}/feedback?from=workbench`;
      return await fetch(url, { method: "POST", headers: headers(), body: JSON.stringify(body) });
    } catch {
      return { ok: false };
    }
  }
}

function reasonOf(select) {
  const chosen = select.selectedOptions[0];
  if (!chosen?.value) return {};
  const { value: code, dataset, textContent: display } = chosen;
  return { overrideReason: { reason: { code, system: dataset.system, display } } };
}
