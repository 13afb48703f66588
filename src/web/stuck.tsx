// « Je n’arrive pas à me connecter »: four questions, each with the page for who answers no.

import { helpText } from '../words/help.ts';

export function Stuck() {
  const { title, intro, questions, yes, pause, call } = helpText.stuck;
  return (
    <section class="stuck" aria-labelledby="entrer">
      <h2 id="entrer">{title}</h2>
      <p>{intro}</p>
      <ol class="cards">
        {questions.map(({ question, no, way }) => (
          <li class="surface">
            <h3>{question}</h3>
            <p>{no}</p>
            <a class="button second" href={way.href}>
              {way.label}
            </a>
          </li>
        ))}
      </ol>
      <p>
        <strong>{yes}</strong> {pause}
      </p>
      <p>{call}</p>
    </section>
  );
}
