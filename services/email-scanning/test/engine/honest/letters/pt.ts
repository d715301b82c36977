import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'pt',
  greeting: 'Caro(a) {name},',
  closing: 'Atenciosamente,\n{company}',
  unsubscribe: 'Não receber mais a newsletter',
  browser: 'Versão online',
  people: ['Marta Lopes', 'Nuno Pereira', 'Camila Rocha'],
  companies: [
    ['Transportes Ribamar', 'transportesribamar.pt', 'Cais 4, 2970-152 Sesimbra'],
    ['Vedantes Costa', 'vedantescosta.com.br', 'Rua da Indústria 55, Joinville'],
  ],
};

export const letters = `
invoice
A fatura do mês está disponível
A fatura {no} já está no portal do cliente. O valor de {amount} € será cobrado por débito direto em {date}.
Não precisa de fazer nada.
> Abrir fatura

order
Confirmação da encomenda {no}
Confirmamos a sua encomenda e agradecemos a confiança. Saída de fábrica prevista para a semana 41.
| O-ring 40 x 3, 300 un. | 96,00 €
| Ligação em latão 1/2, 50 un. | 118,00 €
| Total | {amount} €

delay
Atraso na entrega {no}
Por causa do mau tempo, a sua palete chega apenas em {date}. Pedimos desculpa pelo incómodo.
Em caso de urgência, ligue para o nosso escritório: 212 000 418.

password-reset
Nova palavra-passe do portal
Foi pedida uma nova palavra-passe para o seu acesso. Siga a ligação nas próximas duas horas para a definir.
Se não pediu, não faça nada; a palavra-passe atual continua válida.
> Definir palavra-passe

reminder
Saldo em aberto em {date}
Ao conferir as contas, verificámos que o saldo abaixo continua em aberto. Pedimos que o regularize até {date} ou nos diga se há algum erro.
| Saldo | {amount} €

notice
Despesas de viagem: novo formulário
A partir de outubro, as despesas de viagem são entregues só na intranet. Os recibos de vencimento ficam disponíveis na sexta-feira.
`;
