import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'pt',
  greeting: 'Olá, {name},',
  closing: 'Com os melhores cumprimentos,\nA equipa {company}',
  unsubscribe: 'Cancelar a subscrição',
  browser: 'Ver no navegador',
  people: ['Inês Carvalho', 'Rui Almeida', 'Beatriz Santos', 'Tiago Moura'],
  companies: [
    ['Carpintaria Moinho', 'carpintariamoinho.pt', 'Rua do Moinho 12, 4000-112 Porto'],
    ['Papelaria Aurora', 'papelariaaurora.com.br', 'Rua das Flores 300, Curitiba'],
    ['Ferramentas Duarte', 'ferramentasduarte.pt', 'Av. da Liberdade 9, 1250-140 Lisboa'],
  ],
};

export const letters = `
invoice
Fatura {no}
Enviamos os dados da fatura {no} de {date}. Obrigado pela sua encomenda.
O pagamento é a 30 dias, por transferência para a nossa conta habitual, com o número da fatura.
| Subtotal | 240,00 €
| IVA 23% | 55,20 €
| Total a pagar | {amount} €
> Ver fatura

order
Recebemos a sua encomenda {no}
Obrigado pela sua compra. Estamos a preparar a encomenda e avisamos quando sair do armazém.
Pode alterar a morada de entrega até ao envio.
| 4 x Caderno | 15,60 €
| Portes | 3,90 €
| Total | {amount} €
> Ver encomenda

shipping
A sua encomenda está a caminho
A encomenda {no} foi entregue hoje à transportadora. O número de rastreio é {tracking}.
A entrega está prevista para {date}. Se não estiver em casa, o pacote fica no ponto de recolha mais próximo.
> Seguir encomenda

password-reset
Redefinir a sua senha
Recebemos um pedido para redefinir a sua senha. Clique no botão abaixo para escolher uma nova. O link expira em 24 horas.
Se não foi você que pediu, ignore esta mensagem; a senha continua a mesma.
> Escolher nova senha

newsletter
Outono na oficina: novidades de outubro
Este mês o nosso carpinteiro mostra como recuperar uma mesa antiga de carvalho sem a lixar toda.
Até ao fim do mês, 10% de desconto em óleos e ceras, e portes grátis a partir de 50 €.
> Ler mais

reminder
Lembrete de pagamento: fatura {no}
Segundo os nossos registos, a fatura {no} de {date} ainda não foi paga. Será certamente um esquecimento.
Pedimos que faça a transferência nos próximos 7 dias. Se já pagou, ignore este aviso.
| Valor em dívida | {amount} €

statement
O seu extrato está disponível
O extrato deste mês está disponível no homebanking, na secção Documentos.
Nunca pedimos códigos por e-mail. Cuidado com o phishing.

quote
Orçamento {no}
Obrigado pelo seu contacto. Segue o nosso orçamento, válido até {date}.
O prazo de entrega é de cerca de três semanas após confirmação. Fico ao dispor para qualquer dúvida.
| Porta em carvalho | 780,00 €
| Montagem | 190,00 €
`;
