import type { Phrases } from './phrases.ts';

export const es: Phrases = {
  locale: 'es-ES',
  hello: ['Hola {reader}:', 'Buenos días:', 'Estimada {reader}:', 'Estimados señores:'],
  bye: ['Saludos cordiales', 'Un saludo', 'Atentamente', 'Muchas gracias'],
  subjectInvoice: [
    'Factura {invoice} del pedido {order}',
    'Su pedido {order}: nuestra factura',
    '{order}: factura adjunta',
  ],
  subjectReminder: [
    'Factura vencida {invoice}',
    'Recordatorio {order}',
    'Pendiente de pago: {invoice} / {order}',
  ],
  subjectChange: [
    'Información importante sobre pagos',
    'Aviso a nuestros clientes',
    'Pago de {order}',
    'Departamento de contabilidad',
  ],
  invoice: [
    'adjuntamos nuestra factura {invoice} de su pedido {order} por {amount}.',
    'hemos enviado {order} y facturamos {amount} (factura {invoice}).',
    'le remitimos la factura {invoice} por importe de {amount} correspondiente al pedido {order}.',
    'gracias por {order}. El importe de la factura {invoice} es de {amount}.',
  ],
  partial: [
    'esta es una factura parcial por la primera entrega de {order}: {amount}.',
    'por la parte ya entregada de {order} facturamos {amount} (factura {invoice}).',
  ],
  due: [
    'Pago a 30 días.',
    'Vencimiento: 14 días desde la fecha de factura.',
    'Rogamos el pago antes de fin de mes.',
    'Forma de pago habitual.',
  ],
  payTo: [
    'Rogamos transferencia a esta cuenta:',
    'Pago por transferencia a:',
    'Nuestro banco:',
    'A abonar en:',
  ],
  hurry: [
    'Por favor, hagan el pago hoy para que la mercancía pueda salir.',
    'La transferencia es urgente; si no, perdemos la fecha de entrega.',
    'Necesitamos su pago inmediatamente y una confirmación.',
    '¿Pueden pagarlo cuanto antes?',
  ],
  chase: [
    'según nuestros libros, la factura {invoice} de {amount} del pedido {order} no está pagada.',
    'seguimos esperando el pago de {amount} por {order}.',
    'la factura {invoice} ({order}) está vencida; el saldo pendiente es de {amount}.',
    '¿cuándo podemos contar con el pago de {amount} por {order}?',
  ],
  changed: [
    'Les informamos de que nuestros datos bancarios han cambiado.',
    'Hemos cambiado de banco y tenemos una nueva cuenta.',
    'Nuestra cuenta bancaria anterior está en auditoría y ya no puede recibir pagos.',
    'Desde este mes nuestro departamento financiero utiliza otra cuenta bancaria; por favor actualicen sus registros.',
    'La cuenta bancaria que conocen fue cancelada y sustituida.',
    'Queremos comunicarles el cambio de nuestra cuenta bancaria.',
  ],
  useOnly: [
    'A partir de ahora utilicen únicamente la siguiente cuenta:',
    'Todas las facturas abiertas deben abonarse en:',
    'Por favor, dirijan el pago de {order} a:',
    'Los nuevos datos son:',
  ],
  askForIt: [
    '¿Les envío los nuevos datos bancarios para el pago de {order}?',
    'Por favor, detengan el pago de {order}: nuestros datos bancarios se han actualizado y los enviaremos tras su respuesta.',
    'Antes de pagar {order}, avísenme, nuestra cuenta bancaria ha sido modificada.',
    'Por favor, confirmen que pueden cambiar nuestra cuenta bancaria en su sistema antes del próximo pago.',
  ],
  pretext: [
    'Se debe a una inspección fiscal.',
    'El motivo es una reorganización del grupo.',
    'Nuestro banco tuvo problemas técnicos.',
    '',
  ],
  unchanged: [
    'Nuestros datos bancarios no han cambiado.',
    'Como siempre, paguen en la cuenta conocida; nuestros datos bancarios siguen siendo los mismos.',
    'Seguimos sin cambios en nuestra cuenta bancaria.',
  ],
  beware: [
    'Cuidado con el fraude: nunca cambiamos nuestros datos bancarios por correo electrónico.',
    'Si reciben un mensaje que dice que nuestra cuenta bancaria ha cambiado, llámennos.',
    'Hay estafadores que envían correos sobre nuevas cuentas bancarias; jamás lo anunciamos por correo.',
  ],
  crypto: [
    'Como nuestra cuenta está bloqueada, rogamos el pago en Bitcoin; la dirección se la damos cuando la pidan.',
    'Por favor, paguen esta vez la factura en USDT, damos un 5 % de descuento.',
    'Para ir más rápido pueden pagar con tarjetas regalo y enviarnos fotos de los códigos.',
    'Envíen el pago por Western Union a nuestra contable.',
  ],
  remittance: [
    'Envíen el aviso de pago de sus transferencias a {address}.',
    'Los avisos de cada pago, por favor, a {address}.',
  ],
  executive: [
    'Necesito que haga una transferencia de {amount} hoy. Estoy en una reunión y no puedo hablar, es confidencial. Cuenta: {account}.',
    '¿Está en su puesto? Un pago urgente de {amount} debe salir antes del mediodía, beneficiario {account}. Es confidencial hasta que lo anunciemos.',
    'Por favor, pague {amount} inmediatamente a {account}, le envío los papeles después. No lo comente con nadie.',
    '¿Puede comprar tarjetas regalo por {amount} para nuestros clientes? Necesito los códigos hoy, es urgente.',
  ],
  executiveHonest: [
    '¿Está aprobada la factura de {supplier} por {amount}? Lo hablamos mañana.',
    'Por favor, mire por qué {supplier} dice que {order} no está pagado. Estoy en la oficina desde el lunes.',
  ],
  factoring: [
    'Hemos adquirido el crédito de {supplier} por {order}. Por favor, paguen {amount} solo a nosotros, cuenta {account}.',
    'Por encargo de {supplier} cobramos los {amount} pendientes de {order}. Transfieran a {account}.',
  ],
  delivery: [
    'la mercancía de {order} sale mañana de nuestro almacén y llega el jueves.',
    'su entrega de {order}, 3 palés, está en camino. El conductor llama una hora antes.',
  ],
  newContact: [
    '{person} toma el relevo el 1 de diciembre y será su nueva persona de contacto para pedidos.',
    'les presento a {person}, nuestro nuevo gestor comercial para su empresa.',
  ],
  debit: [
    'Según lo acordado, el importe se adeudará en su cuenta {account}.',
    'Devolvemos {amount} a su cuenta {account}.',
  ],
  wrote: ['El {date}, {reader} <{address}> escribió:'],
  earlier: [
    'hemos recibido la mercancía. ¿A qué cuenta debemos pagar?',
    'gracias, contabilidad hará la transferencia esta semana. Confirmen los datos, por favor.',
    '¿pueden enviarnos la factura otra vez?',
  ],
  total: 'Importe total',
  order: 'Pedido',
  invoiceNumber: 'Factura n.º',
  account: 'IBAN',
  bank: 'Banco',
};
