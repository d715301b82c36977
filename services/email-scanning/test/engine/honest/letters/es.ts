import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'es',
  greeting: 'Estimado/a {name}:',
  closing: 'Atentamente,\n{company}',
  unsubscribe: 'No recibir más boletines',
  browser: 'Versión en línea',
  people: ['Raquel Molina', 'Andrés Prieto', 'Silvia Cano'],
  companies: [
    ['Transportes Arrieta', 'transportesarrieta.es', 'Muelle 3, 48009 Bilbao'],
    ['Juntas y Racores Soler', 'racores-soler.com', 'Calle Industria 18, 08201 Sabadell'],
    ['Conservas La Huerta', 'conservaslahuerta.mx', 'Av. Hidalgo 410, Querétaro'],
  ],
};

export const letters = `
invoice
Su factura del mes ya está disponible
Puede consultar la factura {no} en el portal de clientes. El importe de {amount} € se cobrará por domiciliación el {date}.
No tiene que hacer nada.
> Abrir factura

order
Confirmación de pedido {no}
Confirmamos su pedido y le agradecemos la confianza. Salida de fábrica prevista para la semana 41.
| Junta tórica 40 x 3, 300 uds. | 96,00 €
| Racor latón 1/2, 50 uds. | 118,00 €
| Total | {amount} €

shipping
Aviso de entrega para el {date}
Entregaremos un palé de 412 kg el {date} entre las 8 y las 12. Por favor, tengan preparada una carretilla.
Si no es posible, llame a nuestra oficina de tráfico al 944 00 12 83.

password-reset
Nueva contraseña del portal
Se ha solicitado una contraseña nueva para su acceso. Siga el enlace en las próximas dos horas para definirla.
Si no la pidió usted, no haga nada; la contraseña actual sigue siendo válida.
> Definir contraseña

verification
Confirma tu dirección de correo
Gracias por registrarte. Confirma tu correo para que podamos enviarte los recibos.
> Confirmar correo

newsletter
Membrillo, setas y castañas: el boletín de octubre
Nuestra cocinera ha preparado las conservas del otoño y comparte su receta de dulce de membrillo.
Caja de prueba con seis tarros hasta agotar existencias, con envío gratis durante octubre.
> Ver la caja

reminder
Saldo pendiente a {date}
Al conciliar las cuentas vemos que el saldo indicado sigue pendiente. Le rogamos que lo abone antes del {date} o que nos diga si hay algún error.
| Saldo pendiente | {amount} €

notice
Gastos de viaje: nuevo formulario
Desde octubre los gastos de viaje se presentan solo en la intranet. Las nóminas estarán disponibles el viernes en su carpeta personal.

receipt
Pago recibido
Hemos recibido su pago de {amount} € correspondiente a la factura {no}. Muchas gracias.
`;
